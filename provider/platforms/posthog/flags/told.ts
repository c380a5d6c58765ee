import { isDeepStrictEqual } from "node:util";
import type { Held, Live } from "../../platform";
import type { Condition, Conditions } from "./conditions";
import { type Definition, slugOf } from "./definition";
import { sameFilter } from "./normal";
import { definitionIn, rawOf } from "./targeting";
import type { FlagWire } from "./wire";

type Rule = Held<"FeatureFlagRule">;
type Told = Live<"FeatureFlagRule">["state"];

const isV2 = ({ filters }: FlagWire): boolean => filters.version === 2;
/** What a flag belongs to, beside the rule: that decides about its targeting. */
export function ownerOf({ experiment_set: experiments, surveys, features }: FlagWire): string | undefined {
  if (experiments?.length) return `experiment ${experiments.join(", ")}`;
  if (surveys?.length) return "a survey";
  return features?.length ? "an early access feature" : undefined;
}
/** Why the targeting of a flag is not golive's to write. */
export const foreign = (flag: FlagWire): string | undefined =>
  isV2(flag) ? "config version 2, a closed pilot" : ownerOf(flag);

/** JSON in one form, also of what is none. */
const settled = (text: string | undefined): string | undefined => {
  try {
    return text === undefined ? undefined : JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
};
const isEncrypted = ({ has_encrypted_payloads: encrypted }: FlagWire): boolean => encrypted === true;

/** The flag's definition as it is there, in the words of the declared one where both mean the same. */
function definitionFrom(flag: FlagWire, held: Rule): string | undefined {
  const declared = definitionIn(held);
  if (!declared) return undefined;
  const raw = rawOf(held);
  const payloads = flag.filters.payloads ?? {};
  const shareOf = (key: string, share: number) =>
    held.shares === undefined ? share : (declared.variants?.find((one) => one.key === key)?.share ?? share);
  const variants = (flag.filters.multivariate?.variants ?? []).map(({ key, name, rollout_percentage: share }) => {
    const payload = settled(payloads[key]);
    return { key, ...(name && { name }), share: shareOf(key, share), ...(payload !== undefined && { payload }) };
  });
  const own = isEncrypted(flag) || variants.length > 0 ? undefined : settled(payloads["true"]);
  const contexts = flag.evaluation_contexts?.toSorted() ?? [];
  // an organization without the feature keeps none, whatever is written
  const kept = contexts.length > 0 ? contexts : declared.contexts;
  const runtime = flag.evaluation_runtime;
  const there: Definition = {
    text: flag.name,
    ...(flag.tags?.length && { tags: flag.tags.toSorted() }),
    ...(raw.multivariate !== undefined
      ? declared.variants && { variants: declared.variants }
      : variants.length > 0 && { variants }),
    ...(raw.payloads !== undefined
      ? declared.payload !== undefined && { payload: declared.payload }
      : own !== undefined && { payload: own }),
    ...(isEncrypted(flag) && { secretPayload: true }),
    ...(flag.is_remote_configuration && { remoteConfig: true }),
    ...((runtime === "server" || runtime === "client") && { runtime }),
    ...(flag.bucketing_identifier === "device_id" && { bucketing: "device" }),
    ...(flag.ensure_experience_continuity && { persistAcrossLogin: true }),
    ...(kept && { contexts: kept }),
  };
  return isDeepStrictEqual(there, declared) ? held.definition : JSON.stringify(there);
}

function filtersFrom({ filters }: FlagWire, held: Rule): string | undefined {
  if (held.filters === undefined) return undefined;
  const names = Object.keys(rawOf(held));
  const raw = rawOf(held);
  return names.every((name) => sameFilter(name, raw[name], filters[name]))
    ? held.filters
    : JSON.stringify(Object.fromEntries(names.map((name) => [name, filters[name] ?? null])));
}

const list = (value: readonly string[] | undefined) => (value?.length ? value.toSorted() : undefined);
const meaning = ({ cohorts, notCohorts, properties, flags, ...rest }: Condition): string => {
  const flagsBy = flags?.length ? flags.toSorted((a, b) => (a.flag < b.flag ? -1 : 1)) : undefined;
  const parts = {
    ...rest,
    cohorts: list(cohorts),
    notCohorts: list(notCohorts),
    flags: flagsBy?.map(({ flag, value }) => [flag, value]),
    properties: properties?.length ? properties.map(({ key, operator, value }) => [key, operator, value]) : undefined,
  };
  return JSON.stringify(Object.entries(parts).toSorted(([a], [b]) => (a < b ? -1 : 1)));
};
const sameConditions = (a: readonly Condition[], b: readonly Condition[]): boolean =>
  isDeepStrictEqual(a.map(meaning), b.map(meaning));

/** Whom the flag is for, by each field that is declared; on import by the one that says it. */
async function targetingFrom(flag: FlagWire, held: Rule, conditions: Conditions): Promise<Told> {
  const groups = flag.filters.groups ?? [];
  const [first, ...others] = groups;
  const isPlain = others.length === 0 && !first?.variant && (first?.properties?.length ?? 0) === 0;
  const percent = first === undefined ? 0 : (first.rollout_percentage ?? 100);
  const isImport = held.flag === undefined;
  const there =
    held.conditions !== undefined || (isImport && !isPlain) ? await conditions.fromGroups(groups) : undefined;
  // a remote configuration is everybody's, whatever was written
  const isShare = !flag.is_remote_configuration;
  return {
    ...(isShare &&
      !isImport && { access: !isPlain ? "some" : percent === 100 ? "all" : percent === 0 ? "none" : "some" }),
    ...(isShare && { rolloutPercentage: isPlain ? percent : null }),
    ...(there && { conditions: held.conditions && sameConditions(held.conditions, there) ? held.conditions : there }),
  };
}

function sharesFrom({ filters }: FlagWire): Told["shares"] {
  return filters.multivariate?.variants.map(({ key, rollout_percentage: share }) => ({ variant: key, share })) ?? null;
}

/** A flag of one project as the rule that it is. */
export async function live(
  project: string,
  flag: FlagWire,
  held: Rule,
  conditions: Conditions,
  organization: () => Promise<string | undefined>,
): Promise<Live<"FeatureFlagRule">> {
  const isHeld = held.flag !== undefined && slugOf(held.flag) === flag.key;
  const whole = { environment: project, ruleId: String(flag.id) };
  const name = isHeld ? held.flag! : `${(held.flag?.split("/")[0] ?? (await organization())) || ""}/${flag.key}`;
  const state: Told = { flag: name, ...whole };
  const id = `${project}/${flag.id}`;
  // what an experiment decides is no difference, and not golive's to undo
  if (foreign(flag) !== undefined) return { id, state: { ...state, ...(isV2(flag) && { enabled: flag.active }) } };
  const definition = definitionFrom(flag, held);
  const filters = filtersFrom(flag, held);
  const secret = isEncrypted(flag) ? settled(flag.filters.payloads?.["true"]) : undefined;
  return {
    id,
    state: {
      ...state,
      enabled: flag.active,
      ...(await targetingFrom(flag, held, conditions)),
      ...(held.shares !== undefined && { shares: sharesFrom(flag) }),
      ...(definition !== undefined && { definition }),
      ...(filters !== undefined && { filters }),
      ...(held.secretPayload !== undefined && {
        secretPayload: settled(held.secretPayload) === secret ? held.secretPayload : (secret ?? null),
      }),
    },
  };
}
