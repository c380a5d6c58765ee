/** A name as one word: lower-case letters, digits and `-`. */
export const slugged = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "") || "product";
