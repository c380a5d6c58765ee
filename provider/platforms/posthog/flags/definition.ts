import { Unsupported } from "../../../errors";
import type { ChangedInputs, Held, Live, Store } from "../../platform";
import { own, scope, type Codecs, unsupported } from "../../wire/codec";
import type { ApiStore, Clients } from "../clients";

/** PostHog keeps a flag in each of its projects and none above them: the definition is state's alone. */
const codecs: Codecs<"FeatureFlag"> = {
  project: scope,
  slug: own,
  name: own,
  description: own,
  tags: own,
  owner: unsupported("PostHog's flags have no owner: leave it out"),
  defaultValue: unsupported(
    "a flag of PostHog answers false where no rule decides: leave it out",
    (value) => value === true,
  ),
  variants: own,
  payload: own,
  secretPayload: own,
  remoteConfig: own,
  runtime: own,
  bucketing: own,
  persistAcrossLogin: own,
  contexts: own,
};

export interface Variant {
  readonly key: string;
  readonly name?: string | undefined;
  readonly share: number;
  readonly payload?: string | undefined;
}
/** What a rule is given of its flag. What is left out is as it is with a new flag. */
export interface Definition {
  readonly text: string;
  readonly tags?: readonly string[];
  readonly variants?: readonly Variant[];
  readonly payload?: unknown;
  readonly secretPayload?: true;
  readonly remoteConfig?: true;
  readonly runtime?: "server" | "client";
  readonly bucketing?: "device";
  readonly persistAcrossLogin?: true;
  readonly contexts?: readonly string[];
}

/** JSON in one written form. */
const settled = (text: string): string => JSON.stringify(JSON.parse(text));
type Said = Partial<ChangedInputs<"FeatureFlag">>;

/** The definition in its one written form: what says nothing is left out, so that a later field changes no text. */
export function definitionOf(flag: Said): Definition {
  const { name = "", description, tags, variants, payload, secretPayload, remoteConfig } = flag;
  const { runtime, bucketing, persistAcrossLogin, contexts } = flag;
  return {
    text: description || name,
    // PostHog keeps tags in lower case, in no order
    ...(tags?.length && { tags: [...new Set(tags.map((tag) => tag.trim().toLowerCase()))].toSorted() }),
    ...(variants?.length && {
      variants: variants.map(({ key, name: called, share, payload: given }) => ({
        key,
        ...(called && { name: called }),
        share,
        ...(given !== undefined && { payload: settled(given) }),
      })),
    }),
    ...(typeof payload === "string" && { payload: settled(payload) }),
    ...(typeof secretPayload === "string" && { secretPayload: true }),
    ...(remoteConfig && { remoteConfig }),
    ...(runtime && runtime !== "all" && { runtime }),
    ...(bucketing === "device" && { bucketing }),
    ...(persistAcrossLogin && { persistAcrossLogin }),
    ...(contexts?.length && { contexts: [...new Set(contexts)].toSorted() }),
  };
}

/** What a flag is of which nothing else is said. */
const initial = {
  tags: [],
  defaultValue: false,
  variants: [],
  remoteConfig: false,
  runtime: "all",
  bucketing: "user",
  persistAcrossLogin: false,
  contexts: [],
} as const satisfies Said;

const live = (id: string, said: Said): Live<"FeatureFlag"> => {
  const { definition: _, account: _account, ...state } = said as Held<"FeatureFlag">;
  return {
    id,
    state: {
      ...initial,
      ...state,
      flagId: id,
      definition: JSON.stringify(definitionOf(said)),
      sealedPayload: said.secretPayload ?? "",
    },
  };
};
const split = (id: string): readonly [project: string, slug: string] => {
  const at = id.indexOf("/");
  return [id.slice(0, at), id.slice(at + 1)];
};
/** The key of a flag, of the id of its definition or of a key that stands for it. */
export const slugOf = (flag: string): string => split(flag)[1];

function store({ organizations }: Clients): Store<"FeatureFlag"> {
  return {
    // no other stack can have made what is in this one's state alone
    find: async () => undefined,
    async create(inputs) {
      const { adopt: _, ...said } = inputs;
      return live(`${await organizations.idOf(inputs.project)}/${inputs.slug}`, said);
    },
    async read(id, held) {
      if (held.slug !== undefined) return live(id, held as Said);
      throw new Unsupported(
        "PostHog keeps no definition of a flag",
        "Declare it: its rules then adopt the flags that are there.",
      );
    },
    update: async (id, { inputs }) => {
      const { adopt: _, ...said } = inputs;
      return live(id, said);
    },
    async delete() {},
  };
}
export const featureFlags: ApiStore<"FeatureFlag"> = { codecs, store };
