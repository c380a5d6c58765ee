import type { Capability, PlatformModule } from "./platforms/platform";
import { variableOf } from "./variable";

const code = (text: string) => `\`${text}\``;
const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");

/** `token`, or `token` and `clientId`; a way that a rehearsal alone has is said to be one. */
const wayText = (needs: readonly string[]): string => {
  const names = needs.filter((need) => need !== "rehearsal").map(code);
  return `${names.join(" and ")}${needs.includes("rehearsal") ? " (in a rehearsal)" : ""}`;
};
const stepsText = ({ byHand = {} }: Capability): string =>
  Object.entries(byHand)
    .map(([verb, step]) => `${verb}: ${step}`)
    .join("<br>");

function kindRows({ capabilities }: PlatformModule): string[][] {
  return Object.entries(capabilities).flatMap(([kind, all]) => {
    if (typeof all === "string") return [[kind, "not there", all]];
    return all.map((capability) => [
      capability.subject ?? kind,
      capability.ways.map(wayText).join(", or "),
      stepsText(capability),
    ]);
  });
}

type Limit = Exclude<PlatformModule["limits"], readonly unknown[]>;
const limitText = ({ burst, perSecond }: Limit): string =>
  `${burst} requests at once, and ${perSecond} a second after that`;

function section(platform: PlatformModule): string {
  const { name, title, access, limits, checklist, sections } = platform;
  const credentials = Object.entries(access.credentials).map(([setting, { aliases = [], refused = "" }]) => [
    code(setting),
    [variableOf(setting), ...aliases].map(code).join(", then "),
    refused,
  ]);
  return [
    `## ${title}`,
    [
      `- In config: ${code(name)}, at ${access.hosts.map(code).join(" or ")}.`,
      `- One credential sends ${[limits].flat().map(limitText).join(", and of ")}.`,
      `- A stage's config may hold: ${sections.map(code).join(", ")}.`,
      `- Its go-live checklist: ${checklist.map(({ id }) => code(id)).join(", ")}.`,
    ].join("\n"),
    table(["credential", "variable", "when it is refused"], credentials),
    table(["what", "is managed with", "what the API has not, and the step by hand"], kindRows(platform)),
  ].join("\n\n");
}

/** What each platform takes, in words. Pure: a test keeps docs/reference equal to it. */
export const platformPage = (platforms: readonly PlatformModule[]): string =>
  `${[
    "# Platforms",
    "Written from the platforms' modules by `npx vitest run test/goldens -u`.",
    ...platforms.map(section),
  ].join("\n\n")}\n`;

/** What is assumed of a platform, and what follows where it is wrong. */
export const assumptionTable = ({ contract }: PlatformModule): string =>
  table(
    ["assumption", "", "where it is wrong", "seen with"],
    (contract?.assumptions ?? []).map(({ id, assumed, otherwise, seenWith }) => [
      code(id),
      assumed,
      otherwise,
      seenWith.map(code).join(" and ") || "only a write would show it",
    ]),
  );
