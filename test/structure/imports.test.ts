import { describe, expect, test } from "vitest";
import { importsOf, sources } from "./sources";

/**
 * The areas of the code, and what each may import beside itself. An arrow that is missing here is not drawn in code:
 * program → sdk → door → lifecycle → platform adapter → http. The first area whose paths match a file has it.
 */
const areas: readonly { name: string; has: RegExp; uses: readonly string[] }[] = [
  { name: "words", has: /^provider\/(define|errors|nearest|provider-config)$/, uses: [] },
  { name: "rules", has: /^provider\/rules\//, uses: ["words"] },
  { name: "definitions", has: /^provider\/(resources(\/|$)|provider-config$)/, uses: ["words", "rules"] },
  { name: "derived", has: /^provider\/(schema|docs)$/, uses: ["words", "definitions"] },
  { name: "http", has: /^provider\/(http(\/|$)|(config|login)$)/, uses: ["words"] },
  { name: "platform interface", has: /^provider\/platforms\/platform$/, uses: ["words", "definitions"] },
  {
    name: "platforms",
    has: /^provider\/platforms(\/|$)/,
    uses: ["words", "definitions", "platform interface", "http"],
  },
  { name: "lifecycle", has: /^provider\/lifecycle(\/|$)/, uses: ["words", "definitions", "platform interface"] },
  {
    name: "doors",
    has: /^provider\/doors\//,
    uses: ["words", "definitions", "lifecycle", "platform interface", "platforms", "http"],
  },
  { name: "provider", has: /^provider\/(index|checklist|stage)$/, uses: ["words", "rules", "definitions"] },
  { name: "sdk's door", has: /^sdk\/door$/, uses: ["doors"] },
  {
    name: "sdk's checks",
    has: /^sdk\/(stage\/validate|go-live\/(facts|report))$/,
    uses: ["words", "lifecycle", "provider", "sdk"],
  },
  // runs in a process of Pulumi's own: what a program must not load, it may
  { name: "sdk's policies", has: /^sdk\/policy\//, uses: ["words", "rules", "definitions", "provider"] },
  { name: "sdk", has: /^sdk\//, uses: ["provider", "sdk's checks"] },
  { name: "rehearsal", has: /^rehearsal\//, uses: [] },
  {
    name: "cli",
    has: /^cli\//,
    uses: [
      "words",
      "rules",
      "definitions",
      "lifecycle",
      "platform interface",
      "platforms",
      "http",
      "provider",
      "rehearsal",
    ],
  },
  { name: "examples", has: /^examples\//, uses: ["sdk"] },
];
/** Packages that belong to one part of the code. Any other package may be used anywhere. */
const packages: Readonly<Record<string, readonly string[]>> = {
  zod: ["words", "rules", "definitions", "derived", "lifecycle"],
  undici: ["http"],
  libsql: ["rehearsal"],
  "@pulumi/pulumi": ["sdk", "sdk's checks", "doors", "examples"],
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

  test.each<[from: string, to: string, expected: string]>([
    ["examples", "provider/index", "examples must not import provider"],
    ["platforms", "provider/lifecycle", "platforms must not import lifecycle"],
    ["lifecycle", "provider/platforms/workos/index", "lifecycle must not import platforms"],
    ["lifecycle", "provider/http", "lifecycle must not import http"],
    ["rehearsal", "provider/errors", "rehearsal must not import words"],
    ["sdk", "zod", "sdk must not import zod"],
    ["sdk", "provider/doors/dynamic", "sdk must not import doors"],
  ])("from %s to %s is caught", (from, to, expected) => expect(fault(from, to)).toContain(expected));
});
