import type { providerConfig } from "@golive/provider";
import * as pulumi from "@pulumi/pulumi";
import { configuredDoor, type Door, packages } from "./doors";
import type { Settings } from "./managed";
import { provider } from "./shapes";

export type ProviderArgs = Settings<typeof providerConfig> & {
  /** How the engine reaches golive. @default that of the stack, `golive:door`, else `dynamic` */
  readonly door?: Door;
};

type Texts = Readonly<Record<string, string>>;
/** What each provider was given. Beside the class, so that no program prints it with the provider. */
const given = new WeakMap<pulumi.ProviderResource, pulumi.Output<Texts>>();
/** The settings of a provider of golive's, for what the program asks itself; nothing of any other. */
export const settingsGiven = (of: pulumi.ProviderResource | undefined): pulumi.Output<Texts> | undefined =>
  of && given.get(of);

/**
 * Explicit settings, for a program that talks to more than one platform, account or environment. Pass it as
 * `{ provider }`. Without one, `GOLIVE_*` variables and stack config say where to go.
 */
export class Provider extends pulumi.ProviderResource {
  /** @internal The settings that are plain text, and no secret. */
  readonly told: Readonly<Record<string, string>>;

  constructor(name: string, { door = configuredDoor(), ...args }: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    // the dynamic plugin gets arguments and stack config in one bag: `explicit` tells them apart
    const [prefix, marks] = door === "plugin" ? ["", {}] : ["golive:", { "golive:explicit": "true" }];
    const texts: Record<string, pulumi.Output<string>> = {};
    const settings = Object.entries(args).flatMap(([setting, value]) => {
      if (!provider.settings.includes(setting)) throw new Error(`golive.Provider has no setting "${setting}"`);
      if (value === undefined) return [];
      const text = pulumi.output(value as pulumi.Input<string | number>).apply(String);
      texts[setting] = text;
      return [[`${prefix}${setting}`, provider.secrets.includes(setting) ? pulumi.secret(text) : text]];
    });
    super(packages[door], name, { ...Object.fromEntries(settings), ...marks }, opts);
    given.set(this, pulumi.unsecret(pulumi.all(texts)));
    const plain = Object.entries(args).filter(
      ([setting, value]) => typeof value === "string" && !provider.secrets.includes(setting),
    );
    this.told = Object.fromEntries(plain) as Record<string, string>;
  }
}
