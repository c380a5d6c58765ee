// Shared code asks a platform's module, and never says a platform's name: each has a folder, and a line in the registry.
import { modules } from "@golive/provider/platforms/index";
import { variableOf } from "@golive/provider/variable";
import { describe, expect, test } from "vitest";
import { foldersIn, sources, textOf } from "./sources";

const platforms = foldersIn("provider/platforms").filter((name) => name !== "wire");
/** Settings that are a credential, as a message or a program would write them. */
const settings = [...new Set(modules.flatMap(({ access }) => Object.keys(access.settings)))];
const aliases = modules.flatMap(({ access }) =>
  Object.values(access.credentials).flatMap(({ aliases: names = [] }) => names),
);
const said: Readonly<Record<string, RegExp>> = {
  name: /workos|authkit|posthog/i,
  "credential's variable": new RegExp(`\\b(${[...settings.map(variableOf), ...aliases].join("|")})\\b`),
  "credential's setting": new RegExp(`\\bgolive:(${settings.join("|")})\\b`),
  "form of a key": /\b(sk|pk|phx|phs|phc|whsec)_/,
  rule: /test[ _-]?(idp|identity)/i,
};

/** Those that the rehearsal plays. */
const played = foldersIn("rehearsal").filter((name) => said["name"]!.test(name));

/** Where a platform may be named outside its folders, and why. What is no longer so is an error, too. */
const allowed: Readonly<Record<string, { readonly says: readonly string[]; readonly why: string }>> = {
  "provider/platforms/index.ts": { says: ["name"], why: "the registry: it lists the platforms" },
  "rehearsal/protocols.ts": { says: ["name"], why: "the rehearsal's list of protocols" },
  "rehearsal/index.ts": { says: ["name"], why: "the options and the access of a platform in a rehearsal" },
  "cli/serve/run.ts": {
    says: ["name", "credential's variable"],
    why: "prints how to reach the rehearsal that it starts",
  },
  "cli/adopt/files.ts": {
    says: ["credential's variable", "credential's setting"],
    why: "a placeholder in the config of the project that it writes",
  },
  "scripts/rehearse/stack.mjs": {
    says: ["credential's variable"],
    why: "runs the examples at a rehearsal, as a person would",
  },
};

const isOwn = (file: string): boolean =>
  [...platforms, ...played].some((name) => new RegExp(`^(provider/platforms|rehearsal)/${name}/`).test(file));
const shared = sources.filter((file) => /^(provider|sdk|cli|rehearsal|scripts)\//.test(file) && !isOwn(file));
const saysOf = (text: string): string[] => Object.keys(said).filter((what) => said[what]!.test(text));
/** A rehearsal makes the credentials and plays the rules of its platforms: only their names are its folders' own. */
const faultsOf = (file: string): string[] =>
  saysOf(textOf(file)).filter((what) => what === "name" || !file.startsWith("rehearsal/"));

describe("no shared file names a platform", () => {
  test("every platform has a folder and a module", () => {
    expect(modules.map(({ name }) => name).toSorted()).toEqual(platforms.toSorted());
    expect(shared.length).toBeGreaterThan(120);
  });

  test("its name, its credentials, its rules stand in its own folders", () => {
    const found = shared.flatMap((file) => faultsOf(file).map((what) => `${file}: ${what}`));
    const expected = Object.entries(allowed).flatMap(([file, { says }]) => says.map((what) => `${file}: ${what}`));
    expect(found.toSorted()).toEqual(expected.toSorted());
  });

  test.each<[text: string, what: string]>([
    ['if (platform === "workos")', "name"],
    ['"Set GOLIVE_API_KEY."', "credential's variable"],
    ["env.WORKOS_API_KEY", "credential's variable"],
    ["`pulumi config set golive:token`", "credential's setting"],
    ['value.startsWith("sk_")', "form of a key"],
    ["a test identity provider", "rule"],
  ])("%s is caught", (text, what) => expect(saysOf(text)).toContain(what));
});
