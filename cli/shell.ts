/** A command line to paste: what a shell would take apart stands in quotes. */
export const shellLine = (...words: readonly string[]): string => words.map(shellWord).join(" ");

/** One word of it. */
export const shellWord = (word: string): string =>
  /^[\w@%+:,./-][\w@%+=:,./-]*$/.test(word) && !/^\w+=/.test(word) ? word : quoted(word);

/** The same in quotes, whatever it holds. */
export const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
