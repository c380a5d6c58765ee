// What adding something costs, as CONTRIBUTING says it: the files it lists are those that name such a thing, no more, no less.
import { definitions } from "@golive/provider";
import { describe, expect, test } from "vitest";
import { filesIn, textOf } from "./sources";

const contributing = textOf("CONTRIBUTING.md");
/** The paths that the list in a section of CONTRIBUTING names. */
function listed(section: string): string[] {
  const text = contributing.split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? "";
  const items = text.split("\n").filter((line) => line.startsWith("- "));
  return items.flatMap((line) => [...line.matchAll(/`([\w./-]+\.\w+)`/g)].map(([, path]) => path!)).toSorted();
}

/** Our files that must follow, beside the tests of single behaviours. */
const followers =
  /^(provider|sdk|cli|rehearsal|test\/contract)\/.*\.(ts|graphql)$|^schema\.json$|^docs\/reference\/|^test\/engine\/every-resource/;
const files = filesIn("").filter((file) => followers.test(file));
const naming = (...words: readonly string[]): string[] =>
  files.filter((file) => words.every((word) => new RegExp(`\\b${word}\\b`).test(textOf(file)))).toSorted();

describe("CONTRIBUTING's lists are true", () => {
  test("a field", () => {
    const named = naming("signUpUrl");
    expect(named).toEqual(listed("Add a field"));
    // code of the provider: the definition, and one word per platform
    expect(named.filter((file) => file.startsWith("provider/"))).toHaveLength(2);
    expect(named.filter((file) => /^(sdk|cli)\//.test(file))).toEqual([]);
  });

  test("a kind: every file that goes through all of them", () => {
    expect(naming(...Object.keys(definitions))).toEqual(listed("Add a resource"));
  });

  test("a platform: the shared files that name one", () => {
    const shared = files.filter(
      (file) =>
        /^(provider|sdk|cli|rehearsal)\//.test(file) && !/^(provider\/platforms|rehearsal)\/workos\//.test(file),
    );
    expect(shared.filter((file) => /workos/i.test(textOf(file))).toSorted()).toEqual(listed("Add a platform"));
  });

  test("a list that names nothing is noticed", () => expect(listed("Add a planet")).toEqual([]));
});
