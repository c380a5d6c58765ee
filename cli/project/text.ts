import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { TextDecoder } from "node:util";
import { GoliveError } from "@golive/provider/errors";

/** How a file holds its text. Pulumi takes all of these; Windows PowerShell redirects into UTF-16. */
export type Encoding = "utf-8" | "utf-8 with a mark" | "utf-16le" | "utf-16be";

const marks: readonly (readonly [Encoding, readonly number[]])[] = [
  ["utf-8 with a mark", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];
const decoderOf: Readonly<Record<Encoding, string>> = {
  "utf-8": "utf-8",
  "utf-8 with a mark": "utf-8",
  "utf-16le": "utf-16le",
  "utf-16be": "utf-16be",
};

/** The text of a file's bytes, and how it was held. `file` names it where it is no text. */
export function decoded(bytes: Buffer, file: string): { readonly text: string; readonly encoding: Encoding } {
  const [encoding] = marks.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte)) ?? ["utf-8" as const];
  try {
    // a decoder swallows the mark
    return { text: new TextDecoder(decoderOf[encoding], { fatal: true }).decode(bytes), encoding };
  } catch {
    throw new GoliveError(`${file} is no text in UTF-8 or UTF-16`, "Save it as UTF-8.");
  }
}

export const readText = (path: string, file: string): { readonly text: string; readonly encoding: Encoding } =>
  decoded(readFileSync(path), file);

/** A text as the file held it before. */
export function encoded(text: string, encoding: Encoding): Buffer {
  const mark = Buffer.from(marks.find(([name]) => name === encoding)?.[1] ?? []);
  if (!encoding.startsWith("utf-16")) return Buffer.concat([mark, Buffer.from(text, "utf8")]);
  const bytes = Buffer.from(text, "utf16le");
  return Buffer.concat([mark, encoding === "utf-16be" ? bytes.swap16() : bytes]);
}
