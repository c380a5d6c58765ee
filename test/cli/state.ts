// States as `pulumi stack export` writes them, for commands that read one.
const secretMark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
export const secret = { ...secretMark, ciphertext: "v1:hidden" };

export interface Held {
  kind: string;
  name: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}

export const state = (resources: readonly Held[], outputs: Record<string, unknown> = {}): string =>
  JSON.stringify({
    version: 3,
    deployment: {
      resources: [
        { urn: "urn:pulumi:s::shop::pulumi:pulumi:Stack::shop-s", type: "pulumi:pulumi:Stack", outputs },
        ...resources.map(({ kind, name, inputs = {}, outputs: outs = {} }) => ({
          urn: `urn:pulumi:s::shop::pulumi-nodejs:dynamic/golive:${kind}::${name}`,
          type: `pulumi-nodejs:dynamic/golive:${kind}`,
          id: `${kind.toLowerCase()}_${name}`,
          inputs,
          outputs: { ...inputs, ...outs },
        })),
      ],
    },
  });

/** Production as a good deploy leaves it. */
export const deployed: readonly Held[] = [
  {
    kind: "Environment",
    name: "environment",
    inputs: { name: "Production", type: "production" },
    outputs: { deletionProtection: true, clientId: "client_1" },
  },
  {
    kind: "Application",
    name: "web",
    inputs: { name: "web", kind: "web", redirectUris: [{ uri: "https://example.com/cb", default: true }] },
  },
  { kind: "ApiKey", name: "backend", inputs: { name: "backend" }, outputs: { secretHeld: true, value: secret } },
  { kind: "FeatureFlagRule", name: "checkout", inputs: { flag: "featureflag_checkout", enabled: true } },
  {
    kind: "WebhookEndpoint",
    name: "users",
    inputs: { url: "https://hooks.example.com/users" },
    outputs: { secretHeld: true, signingSecret: secret },
  },
];
