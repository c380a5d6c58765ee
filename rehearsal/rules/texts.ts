/** Lengths are counted as JavaScript counts text: an emoji is two. Of the readings of "characters" none allows less. */
export const isName = (text: string, longest = 200): boolean => text.trim() !== "" && text.length <= longest;
export const longestDescription = 1_000;
