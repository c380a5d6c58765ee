import type * as stage from "@golive/provider/stage";
import * as pulumi from "@pulumi/pulumi";
import { environmentKeys, sectionNames } from "../shapes";
import type { StageArgs } from "./args";

/** An environment as arguments and config declare it. Its types hold once it is validated. */
export type Declared = Omit<StageArgs, "formerlyPlain" | "adopt" | "goLive">;

export const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Where a value was written, as a person looks for it. */
export type Locate = (path: string) => string;

const keys = [...environmentKeys, "shared", "project", "flagIds", ...sectionNames] as const;
type StageKey = (typeof keys)[number];
export const stageKeys: readonly string[] = keys;

/** The file that holds a stack's config. */
export const configFile = (): string => `Pulumi.${pulumi.getStack()}.yaml`;

/** `Pulumi.production.yaml: go-live:flags.beta` */
export const inConfig: Locate = (path) => `${configFile()}: ${pulumi.getProject()}:${path}`;

/** A value of this project's config. All but text arrives as its JSON, and a key without a value as an empty text. */
export function configValue(key: string): unknown {
  const text = new pulumi.Config().get(key);
  if (text === undefined || text === "") return undefined;
  // eslint-disable-next-line typescript/no-require-imports -- the provider, which `import` of the SDK must not load
  return (require("@golive/provider/stage") as typeof stage).valueOfText(key, text);
}

/** Whether something in a value of config is a secret: Pulumi does not tell what of it. */
const isSecret = (key: string): boolean =>
  // in the SDK, and left out of its types
  (pulumi.runtime as unknown as { isConfigSecret(name: string): boolean }).isConfigSecret(
    `${pulumi.getProject()}:${key}`,
  );

/** What a stage is made of: its arguments, and config for what they leave out; `secrets` names the keys that hold one. */
export function declare(
  name: string,
  args: StageArgs,
): { declared: Declared; place: Locate; secrets: ReadonlySet<string> } {
  const declared: Declared = Object.fromEntries(
    keys.flatMap((key) => {
      const value = args[key] ?? configValue(key);
      return value === undefined || value === null ? [] : [[key, value]];
    }),
  );
  const place: Locate = (path) => {
    const [key = ""] = path.split(/[.[]/);
    return args[key as StageKey] === undefined ? inConfig(path) : `Stage "${name}": ${path}`;
  };
  const secrets = keys.filter((key) => args[key] === undefined && isSecret(key));
  return { declared, place, secrets: new Set(secrets) };
}
