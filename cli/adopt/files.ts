import type { LiveEnvironment } from "../environment/from-live";
import { sectionNames } from "@golive/provider/stage";
import { shellLine } from "../shell";
import { documentOf } from "../yaml/document";
import { adoptable, flagEntry } from "./entries";
import { slugged } from "./names";
import { environmentProgram, manifest, projectFile, sharedProgram, tsconfig } from "./program";

export interface AdoptInput {
  readonly live: LiveEnvironment;
  /** Stack of the environment, e.g. `production`. */
  readonly stack: string;
  /** Version of golive that the program depends on. */
  readonly version: string;
  readonly now: Date;
  /** Names of the account's other projects: theirs are other programs. */
  readonly others?: readonly string[];
}

/** Every file of the programs that take an environment and its project over, by path. */
export function adoptFiles({ live, stack, version, now, others = [] }: AdoptInput): Record<string, string> {
  const projectName = live.project?.state.name ?? "Product";
  const name = slugged(projectName, "product", others);
  const { view, flags } = adoptable(live, now);
  const sections = sectionNames.filter((section) => Object.keys(view.entries[section]).length > 0);
  const config = {
    [`${name}:shared`]: `organization/${name}-shared/shared`,
    [`${name}:name`]: view.environment["name"],
    [`${name}:type`]: view.environment["type"],
    ...Object.fromEntries(sections.map((section) => [`${name}:${section}`, view.entries[section]])),
  };
  const flagEntries = Object.fromEntries(flags.map((flag) => [flag.state.slug, flagEntry(flag)]));
  const sharedConfig = { [`${name}-shared:project`]: projectName, [`${name}-shared:flags`]: flagEntries };
  const called = shortly(projectName);
  return {
    "Pulumi.yaml": projectFile(name, `The environments of ${called}.`),
    "package.json": manifest(name, version),
    "tsconfig.json": tsconfig,
    "index.ts": environmentProgram,
    [`Pulumi.${stack}.yaml`]: stackConfig(config, stack),
    "shared/Pulumi.yaml": projectFile(`${name}-shared`, `What the environments of ${called} share.`),
    "shared/package.json": manifest(`${name}-shared`, version),
    "shared/tsconfig.json": tsconfig,
    "shared/index.ts": sharedProgram,
    "shared/Pulumi.shared.yaml": stackConfig(sharedConfig, "shared"),
  };
}

/** A name in one line that Pulumi's services take as a description. */
const shortly = (name: string): string => {
  const line = name.replace(/[\s\p{Cc}]+/gu, " ");
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
};

/** Config with the places where a person puts secrets; golive writes none, and reads GOLIVE_* variables first. */
function stackConfig(config: object, stack: string): string {
  const command = shellLine("pulumi", "config", "set", "--secret", "golive:token", "--stack", stack);
  return `${documentOf({ config }).toString({ lineWidth: 0 })}  # golive:token: # secret: ${command}, or GOLIVE_TOKEN\n`;
}
