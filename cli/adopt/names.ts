/** A name as one word: lower-case letters, digits and `-`; of a name without any, what stands for it. */
export const slugged = (name: string, otherwise = "product"): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "") || otherwise;
