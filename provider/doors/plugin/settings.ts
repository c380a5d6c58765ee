import { type Resolved, resolveConfig } from "../../config";
import { type Bag, type Failure, isUnknown } from "../../define";
import { nearest } from "../../nearest";
import { providerConfig } from "../../provider-config";

/** Inputs that are no settings: Pulumi's own, and the SDK's choice of a door. */
const pulumis = new Set(["version", "pluginDownloadURL", "__internal", "door"]);
const textOf = (value: unknown): string | undefined =>
  value === undefined || value === null ? undefined : typeof value === "string" ? value : JSON.stringify(value);

/** The engine names the provider that it makes itself `default` and a version: its inputs are stack config. */
const isDefault = (urn: string): boolean => /::default(_|$)/.test(urn);

/** Inputs that no provider has. */
export function unknownSettings(inputs: Bag): Failure[] {
  const names = Object.keys(providerConfig);
  return Object.keys(inputs)
    .filter((name) => !pulumis.has(name) && !names.includes(name))
    .map((name) => {
      const close = nearest(name, names);
      return { property: name, reason: `golive has no setting "${name}"${close ? `; did you mean "${close}"?` : ""}` };
    });
}

/** Whether something of it is not known before `up`: then nobody can say whether it is right. */
export const isOpen = (inputs: Bag): boolean => Object.values(inputs).some(isUnknown);

/** The settings of a provider, as the dynamic door resolves them: arguments, then variables, then stack config. */
export const settingsOf = (urn: string, inputs: Bag, env?: NodeJS.ProcessEnv): Resolved =>
  resolveConfig((name) => (name === "explicit" ? String(!isDefault(urn)) : textOf(inputs[name])), env);

/** What of a changed provider people should know: where it points now. Credentials rotate without a word. */
export const retargeted = (olds: Bag, news: Bag): string[] =>
  ["platform", "rehearsal", "endpoint"].filter((name) => textOf(olds[name]) !== textOf(news[name]));
