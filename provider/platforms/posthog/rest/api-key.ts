import { Unsupported } from "../../../errors";
import type { Held, Live, Store } from "../../platform";
import { sharedBy } from "../../wire/batching";
import { apart, lasting, own, scope, type Codecs, toWire, unsupported, type Wire } from "../../wire/codec";
import { unlessGone } from "../../wire/failures";
import type { ApiStore, Clients } from "../clients";
import { inProject, part } from "./client";

const codecs: Codecs<"ApiKey"> = {
  environment: scope,
  application: unsupported("PostHog has no applications, and a key is its project's: leave it out"),
  name: "label",
  kind: unsupported(
    "a key of PostHog is secret: the public token is the output `token` of the Environment",
    (kind) => kind === "publishable",
  ),
  scopes: lasting("scopes", "a key of PostHog has at least one scope: keep those that it needs"),
  expiresAt: unsupported("keys of PostHog do not end: leave it out, and raise `version` to roll the key"),
  version: apart,
  // the default is not told from what was written
  overlap: unsupported(
    "a key of PostHog that is rolled is worth nothing at once: leave it out",
    (overlap) => overlap !== 3600 && overlap !== 0,
  ),
  external: unsupported(
    "PostHog shows no key that was made by hand: leave `value` out and golive makes one",
    (external) => external === true,
  ),
  value: own,
};
interface KeyWire extends Wire {
  readonly id: string;
  readonly label: string;
  readonly scopes: readonly string[];
  readonly mask_value: string | null;
  /** When it is made or rolled, and never again. */
  readonly value: string | null;
}
const root = "project_secret_api_keys/";
const split = (id: string) => id.split("/") as [project: string, key: string];
const at = (id: string): string => {
  const [project, key = ""] = split(id);
  return inProject(project, `${root}${part(key)}/`);
};

function live(project: string, key: KeyWire, held: Held<"ApiKey"> = {}): Live<"ApiKey"> {
  const value = key.value ?? undefined;
  const last4 = (value ?? key.mask_value ?? "").slice(-4);
  return {
    id: `${project}/${key.id}`,
    state: {
      environment: project,
      name: key.label,
      scopes: [...key.scopes],
      kind: "secret",
      keyId: key.id,
      ...(value !== undefined && { value }),
      ...(last4 && { last4 }),
      secretHeld: value !== undefined || held.value !== undefined,
      // what was rolled away is worth nothing
      previousValue: null,
      previousKeyId: null,
      previousExpiresAt: null,
    },
  };
}
const scopeName = "project:write";

function store({ api, organizations }: Clients): Store<"ApiKey"> {
  const all = sharedBy((project) => api.all<KeyWire>(inProject(project, root)));
  return {
    async find({ environment, name }) {
      const key = (await all(environment)).find(({ label }) => label === name);
      return key && live(environment, key);
    },
    async create(inputs) {
      const json = toWire(codecs, inputs, Object.keys(inputs), "POST").get("POST");
      const { environment } = inputs;
      return live(environment, await api.write<KeyWire>(scopeName, "POST", inProject(environment, root), json));
    },
    async read(id, held) {
      const [project, key] = split(id);
      if (!/^\d+$/.test(project) || key === undefined) return undefined;
      const found = await api.get<KeyWire>(at(id)).catch(unlessGone);
      return found && live(project, found, held);
    },
    async update(id, { inputs, fields, held }) {
      const [project] = split(id);
      const json = toWire(codecs, inputs, fields, "PATCH").get("PATCH");
      if (fields.has("expiresAt")) throw new Unsupported("a key of PostHog does not end", "Leave `expiresAt` out.");
      const changed = json && (await api.write<KeyWire>(scopeName, "PATCH", at(id), json, true));
      // last, as its answer is the only one that tells the new value
      if (fields.has("version"))
        return live(project, await api.write<KeyWire>(scopeName, "POST", `${at(id)}roll/`), held);
      return live(project, changed ?? (await api.get<KeyWire>(at(id))), held);
    },
    async delete(id) {
      await api.write(scopeName, "DELETE", at(id)).catch(unlessGone);
    },
    async list({ project, environment }) {
      const places = await organizations.places({ project, environment });
      const found = await Promise.all(places.map(async (place) => (await all(place)).map((key) => live(place, key))));
      return found.flat();
    },
  };
}
export const apiKeys: ApiStore<"ApiKey"> = { codecs, store };
