import { describe, expect, test } from "vitest";
import { foldersIn, importsOf, sources } from "./sources";

/** Folders of one platform each: none imports another. */
const platformFolders = foldersIn("provider/platforms").filter((name) => name !== "wire");
const platformArea = (name: string) => `platform ${name}`;

/**
 * The areas of the code, and what each may import beside itself. An arrow that is missing here is not drawn in code:
 * program → sdk → door → lifecycle → platform adapter → http. The first area whose paths match a file has it.
 */
const areas: readonly { name: string; has: RegExp; uses: readonly string[] }[] = [
  { name: "words", has: /^provider\/(define|errors|nearest|token|variable)$/, uses: [] },
  { name: "rules", has: /^provider\/rules\//, uses: ["words"] },
  { name: "definitions", has: /^provider\/resources(\/|$)/, uses: ["words", "rules"] },
  {
    name: "derived",
    has: /^provider\/(schema|docs(\/\w+)?|platform-docs|package-metadata)$/,
    uses: ["words", "definitions", "functions", "platform interface"],
  },
  { name: "http", has: /^provider\/http(\/|$)/, uses: ["words"] },
  { name: "checklist", has: /^provider\/(checklist|stage)$/, uses: ["words", "definitions"] },
  {
    name: "platform interface",
    has: /^provider\/platforms\/(platform|url-fault)$/,
    uses: ["words", "definitions", "checklist", "http"],
  },
  {
    name: "wire",
    has: /^provider\/platforms\/wire\//,
    uses: ["words", "definitions", "platform interface", "http"],
  },
  ...platformFolders.map((name) => ({
    name: platformArea(name),
    has: new RegExp(`^provider/platforms/${name}(/|$)`),
    uses: ["words", "rules", "definitions", "checklist", "platform interface", "wire", "http"],
  })),
  {
    name: "registry",
    has: /^provider\/platforms(\/(index|connect|offline))?$/,
    uses: ["words", "platform interface", "http", ...platformFolders.map(platformArea)],
  },
  {
    name: "settings",
    has: /^provider\/(config|provider-config)$/,
    uses: ["words", "platform interface", "registry", "http"],
  },
  { name: "lifecycle", has: /^provider\/lifecycle(\/|$)/, uses: ["words", "definitions", "platform interface"] },
  {
    name: "functions",
    has: /^provider\/functions(\/|$)/,
    uses: ["words", "definitions", "checklist", "lifecycle", "platform interface"],
  },
  {
    name: "doors",
    has: /^provider\/doors\//,
    uses: ["words", "definitions", "lifecycle", "functions", "platform interface", "registry", "settings"],
  },
  { name: "provider", has: /^provider\/index$/, uses: ["words", "definitions", "functions", "settings"] },
  { name: "sdk's door", has: /^sdk\/door$/, uses: ["doors"] },
  // what a program asks through the dynamic door it asks itself
  { name: "sdk's functions", has: /^sdk\/invoke$/, uses: ["doors", "provider", "sdk"] },
  {
    name: "sdk's checks",
    has: /^sdk\/(platform|stage\/validate|go-live\/(facts|report))$/,
    uses: ["words", "lifecycle", "platform interface", "settings", "checklist", "provider", "sdk"],
  },
  // runs in a process of Pulumi's own: what a program must not load, it may
  {
    name: "sdk's policies",
    has: /^sdk\/policy\//,
    uses: ["words", "rules", "definitions", "platform interface", "registry", "provider"],
  },
  {
    name: "sdk",
    has: /^sdk\//,
    uses: ["platform interface", "checklist", "provider", "sdk's checks", "sdk's functions"],
  },
  { name: "rehearsal", has: /^rehearsal\//, uses: [] },
  {
    name: "cli",
    has: /^cli\//,
    uses: [
      "words",
      "rules",
      "definitions",
      "checklist",
      "lifecycle",
      "platform interface",
      "registry",
      "settings",
      "http",
      "provider",
      "rehearsal",
    ],
  },
  { name: "examples", has: /^examples\//, uses: ["sdk"] },
];
/** Packages that belong to one part of the code. Any other package may be used anywhere. */
const packages: Readonly<Record<string, readonly string[]>> = {
  zod: [
    "words",
    "rules",
    "definitions",
    "derived",
    "lifecycle",
    "functions",
    // settings are fields
    "registry",
    "settings",
    ...platformFolders.map(platformArea),
  ],
  undici: ["http"],
  libsql: ["rehearsal"],
  "@pulumi/pulumi": ["sdk", "sdk's checks", "sdk's functions", "doors", "examples"],
  "@pulumi/policy": ["sdk's policies"],
  "@grpc/grpc-js": ["doors"],
  typescript: [],
  vitest: [],
};

const areaOf = (file: string) => areas.find(({ has }) => has.test(file))?.name;
/** Why a file of an area must not import that, if so. */
function fault(area: string, target: string): string | undefined {
  if (target in packages) return packages[target]!.includes(area) ? undefined : `${area} must not import ${target}`;
  const other = areaOf(target);
  const isAllowed =
    other === undefined || other === area || areas.find(({ name }) => name === area)!.uses.includes(other);
  return isAllowed ? undefined : `${area} must not import ${other} (${target})`;
}

const code = sources.filter((file) => /^(provider|sdk|rehearsal|cli|examples)\/.*\.ts$/.test(file));

describe("imports point one way", () => {
  test("every source file is in an area, and every area has files", () => {
    const found = code.map((file) => areaOf(file.replace(/\.ts$/, "")));
    expect(code.filter((_, i) => found[i] === undefined)).toEqual([]);
    expect(areas.map(({ name }) => name).filter((name) => !found.includes(name))).toEqual([]);
  });

  test.each(areas.map(({ name }) => name))("%s", (name) => {
    const files = code.filter((file) => areaOf(file.replace(/\.ts$/, "")) === name);
    const faults = files.flatMap((file) =>
      importsOf(file).flatMap((target) => (fault(name, target) ? [`${file}: ${fault(name, target)}`] : [])),
    );
    expect(faults).toEqual([]);
  });

  test("no platform knows another", () => {
    const others = platformFolders.flatMap((one) => platformFolders.map((other) => [one, other] as const));
    for (const [one, other] of others)
      if (one !== other) expect(fault(platformArea(one), `provider/platforms/${other}/index`)).toBeDefined();
    expect(platformFolders).toContain("workos");
  });

  test.each<[from: string, to: string, expected: string]>([
    ["examples", "provider/index", "examples must not import provider"],
    ["platform workos", "provider/lifecycle", "platform workos must not import lifecycle"],
    ["platform workos", "provider/platforms/index", "platform workos must not import registry"],
    ["wire", "provider/platforms/workos/index", "wire must not import platform workos"],
    ["lifecycle", "provider/platforms/workos/index", "lifecycle must not import platform workos"],
    ["cli", "provider/platforms/workos/dashboard/client", "cli must not import platform workos"],
    ["settings", "provider/platforms/workos/access", "settings must not import platform workos"],
    ["lifecycle", "provider/http", "lifecycle must not import http"],
    ["rehearsal", "provider/errors", "rehearsal must not import words"],
    ["sdk", "zod", "sdk must not import zod"],
    ["sdk", "provider/doors/dynamic", "sdk must not import doors"],
  ])("from %s to %s is caught", (from, to, expected) => expect(fault(from, to)).toContain(expected));
});
