import { Document } from "yaml";
import type { LiveEnvironment } from "../environment/from-live";
import { sectionNames } from "../environment/view";
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
}

/** Every file of the programs that take an environment and its project over, by path. */
export function adoptFiles({ live, stack, version, now }: AdoptInput): Record<string, string> {
  const projectName = live.project?.state.name ?? "Product";
  const name = slugged(projectName);
  const view = adoptable(live, now);
  const sections = sectionNames.filter((section) => Object.keys(view.entries[section]).length > 0);
  const config = {
    [`${name}:shared`]: `organization/${name}-shared/shared`,
    [`${name}:name`]: view.environment["name"],
    [`${name}:type`]: view.environment["type"],
    ...Object.fromEntries(sections.map((section) => [`${name}:${section}`, view.entries[section]])),
  };
  const flags = Object.fromEntries(live.flags.map((flag) => [flag.state.slug, flagEntry(flag)]));
  const sharedConfig = { [`${name}-shared:project`]: projectName, [`${name}-shared:flags`]: flags };
  return {
    "Pulumi.yaml": projectFile(name, `The environments of ${projectName}.`),
    "package.json": manifest(name, version),
    "tsconfig.json": tsconfig,
    "index.ts": environmentProgram,
    [`Pulumi.${stack}.yaml`]: stackConfig(config, stack),
    "shared/Pulumi.yaml": projectFile(`${name}-shared`, `What the environments of ${projectName} share.`),
    "shared/package.json": manifest(`${name}-shared`, version),
    "shared/tsconfig.json": tsconfig,
    "shared/index.ts": sharedProgram,
    "shared/Pulumi.shared.yaml": stackConfig(sharedConfig, "shared"),
  };
}

/** Config with the places where a person puts secrets; golive writes none, and reads GOLIVE_* variables first. */
function stackConfig(config: object, stack: string): string {
  const document = new Document({ config });
  const placeholder = `golive:token: # secret: pulumi config set --secret golive:token --stack ${stack}, or GOLIVE_TOKEN`;
  return `${document.toString({ lineWidth: 0 })}  # ${placeholder}\n`;
}
