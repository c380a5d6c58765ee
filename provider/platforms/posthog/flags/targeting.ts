import type { ChangedInputs } from "../../platform";
import type { Wire } from "../../wire/codec";
import type { Condition, Conditions } from "./conditions";
import { type Definition, slugOf } from "./definition";
import { bare, sameFilter } from "./normal";
import type { FiltersWire, FlagWire, GroupWire, VariantWire } from "./wire";

export type Declared = Partial<ChangedInputs<"FeatureFlagRule">>;

/** The inputs that say whom a flag is for. */
const targeting = ["access", "rolloutPercentage", "conditions", "filters"];
/** Those that are written into the flag's filters. */
const filtering = [...targeting, "definition", "secretPayload", "shares"];

const everybody = (percent: number): GroupWire => ({
  properties: [],
  rollout_percentage: percent,
  variant: null,
  aggregation_group_type_index: null,
});
export const rawOf = ({ filters }: Declared): FiltersWire =>
  typeof filters === "string" ? (JSON.parse(filters) as FiltersWire) : {};
export const definitionIn = ({ definition }: Declared): Definition | undefined =>
  typeof definition === "string" ? (JSON.parse(definition) as Definition) : undefined;

/** Whom the declaration means; of one that says nothing, nobody. A remote configuration is for everybody. */
async function groupsOf(declared: Declared, conditions: Conditions): Promise<readonly GroupWire[]> {
  const { conditions: wanted, rolloutPercentage, access } = declared;
  if (wanted && wanted.length > 0) return conditions.toGroups(wanted as readonly Condition[]);
  if (typeof rolloutPercentage === "number") return [everybody(rolloutPercentage)];
  return [everybody(access === "all" || definitionIn(declared)?.remoteConfig === true ? 100 : 0)];
}

/** The variants of a definition with the shares of this environment; people's, where these are theirs. */
function variantsOf(
  declared: Declared,
  { variants = [] }: Definition,
  live: FlagWire | undefined,
): readonly VariantWire[] {
  const isPeoples = declared.ownedBy?.shares === "people";
  const there = live?.filters.multivariate?.variants ?? [];
  const keeps =
    isPeoples && variants.length === there.length && variants.every(({ key }) => there.some((one) => one.key === key));
  return variants.map(({ key, name, share }) => ({
    key,
    name: name ?? "",
    rollout_percentage: keeps
      ? there.find((one) => one.key === key)!.rollout_percentage
      : (declared.shares?.find((one) => one.variant === key)?.share ?? share),
  }));
}
function payloadsOf({ secretPayload }: Declared, { payload, variants = [] }: Definition): Record<string, string> {
  const own = typeof secretPayload === "string" ? secretPayload : payload;
  const given = variants.flatMap(({ key, payload: text }) => (text === undefined ? [] : [[key, text] as const]));
  return { ...(typeof own === "string" && { true: own }), ...Object.fromEntries(given) };
}

/** Every part of the filters, as they are to be: what is not declared stays as it is there. */
async function filtersOf(
  declared: Declared,
  fields: ReadonlySet<string>,
  flag: FlagWire | undefined,
  conditions: Conditions,
  before: FiltersWire,
): Promise<FiltersWire> {
  const raw = rawOf(declared);
  const definition = definitionIn(declared);
  const stays = flag !== undefined && !targeting.some((name) => fields.has(name));
  const there = flag?.filters ?? {};
  const groups = stays ? (there.groups ?? []).map(bare) : (raw.groups ?? (await groupsOf(declared, conditions)));
  const variants = definition ? variantsOf(declared, definition, flag) : [];
  const shared = definition ?? declared.shares;
  const { multivariate, payloads, ...rest } = there;
  // what a declaration no longer says is taken back
  const dropped = Object.keys(before).filter(
    (name) => !(name in raw) && !["groups", "multivariate", "payloads"].includes(name),
  );
  return {
    ...rest,
    ...Object.fromEntries(dropped.map((name) => [name, null])),
    multivariate: shared ? multivariateOf(declared, definition, variants, multivariate) : (multivariate ?? null),
    payloads: definition ? payloadsOf(declared, definition) : (payloads ?? {}),
    ...(stays && !fields.has("filters") ? {} : raw),
    groups,
  };
}
function multivariateOf(
  { shares = [] }: Declared,
  definition: Definition | undefined,
  variants: readonly VariantWire[],
  there: FiltersWire["multivariate"],
): FiltersWire["multivariate"] {
  if (definition) return variants.length > 0 ? { variants } : null;
  if (!there) return null;
  const share = (key: string) => shares.find(({ variant }) => variant === key)?.share;
  return {
    variants: there.variants.map((one) => ({ ...one, rollout_percentage: share(one.key) ?? one.rollout_percentage })),
  };
}

/** What of a definition stands beside the filters. */
const plain = ({
  text,
  tags,
  contexts,
  runtime,
  bucketing,
  persistAcrossLogin,
  remoteConfig,
  secretPayload,
}: Definition): Wire => ({
  name: text,
  tags: tags ?? [],
  evaluation_runtime: runtime ?? "all",
  bucketing_identifier: bucketing === "device" ? "device_id" : "distinct_id",
  ensure_experience_continuity: persistAcrossLogin ?? false,
  is_remote_configuration: remoteConfig ?? false,
  has_encrypted_payloads: secretPayload ?? false,
  ...(contexts && { evaluation_contexts: contexts }),
});

/** The body that makes a flag what is declared, or changes these fields of one that is there; nothing of it is the same already. */
export async function bodyOf(
  declared: Declared,
  fields: ReadonlySet<string>,
  flag: FlagWire | undefined,
  conditions: Conditions,
  before: FiltersWire = {},
): Promise<Wire> {
  const definition = definitionIn(declared);
  const body: Record<string, unknown> = {};
  if (flag === undefined) body["key"] = slugOf(declared.flag!);
  if (definition && fields.has("definition")) Object.assign(body, plain(definition), contextsGone(definition, flag));
  if (flag !== undefined && fields.has("enabled") && typeof declared.enabled === "boolean")
    body["active"] = declared.enabled;
  if (flag === undefined || filtering.some((name) => fields.has(name))) {
    const filters = await filtersOf(declared, fields, flag, conditions, before);
    const there = flag?.filters;
    const isSame = there && Object.keys(filters).every((name) => sameFilter(name, filters[name], there[name]));
    if (!isSame) body["filters"] = filters;
  }
  if (flag === undefined) return body;
  return Object.fromEntries(
    Object.entries(body).filter(([name, value]) => name === "filters" || !isSameOf(value, flag[name])),
  );
}
/** Contexts that left the definition are taken back where there are any. */
const contextsGone = ({ contexts }: Definition, flag: FlagWire | undefined): Wire =>
  !contexts && (flag?.evaluation_contexts?.length ?? 0) > 0 ? { evaluation_contexts: [] } : {};
const asSet = (value: unknown): string => JSON.stringify(Array.isArray(value) ? value.toSorted() : (value ?? false));
const isSameOf = (a: unknown, b: unknown): boolean => asSet(a) === asSet(b);
