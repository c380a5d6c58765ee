import { invalid, required } from "../errors";
import { boolean, choice, integer, isObject, type Json, list, number, object, text, within } from "../fields";

export interface Property {
  key: string;
  type: "person" | "cohort" | "group" | "flag";
  value?: unknown;
  operator?: string | null;
  group_type_index?: number | null;
  negation?: boolean | null;
  [display: string]: unknown;
}
export interface Condition {
  properties: Property[];
  rollout_percentage?: number | null;
  variant?: string | null;
  /** Absent: that of the flag; null: people. */
  aggregation_group_type_index?: number | null;
  [display: string]: unknown;
}
export interface Variant {
  key: string;
  name?: string | null;
  rollout_percentage: number;
}
/** What decides whom a flag is for: config of version 1. */
export interface Filters {
  groups: Condition[];
  multivariate?: { variants: Variant[] } | null;
  payloads?: Record<string, string>;
  aggregation_group_type_index?: number | null;
  early_exit?: boolean | null;
  feature_enrollment?: boolean | null;
  holdout?: Json | null;
}

export const operators = [
  "exact is_not icontains not_icontains icontains_multi not_icontains_multi regex not_regex gt gte lt lte",
  "semver_gt semver_gte semver_lt semver_lte semver_eq semver_neq semver_tilde semver_caret semver_wildcard",
  "is_set is_not_set is_date_exact is_date_after is_date_before in not_in flag_evaluates_to",
].flatMap((line) => line.split(" "));
const aliases: Readonly<Record<string, string>> = { min: "gte", max: "lte" };
const largestFilters = 512 * 1024;

type Read<T> = (value: unknown, attr: string) => T;
/** The named fields of an object that are there, each read; what has no name here is dropped. */
function pick(from: Json, attr: string, fields: Readonly<Record<string, Read<unknown>>>): Json {
  const found: Json = {};
  for (const [name, read] of Object.entries(fields)) {
    const value = from[name];
    if (value !== undefined) found[name] = value === null ? null : read(value, within(attr, name));
  }
  return found;
}
const anything: Read<unknown> = (value) => value;
const label: Read<string> = (value, attr) => text(value, attr, { max: 10_000, blank: true });
const index: Read<number> = (value, attr) => integer(value, attr);
const share: Read<number> = (value, attr) => number(value, attr, 0, 100);

const propertyKey: Read<string> = (value, attr) => {
  if (value === undefined) throw required(attr);
  return text(typeof value === "number" && Number.isFinite(value) ? String(value) : value, attr, { max: 10_000 });
};
const property: Read<Property> = (value, attr) => {
  const from = object(value, attr);
  const { operator } = from;
  const canonical = typeof operator === "string" && Object.hasOwn(aliases, operator) ? aliases[operator] : operator;
  return {
    key: propertyKey(from["key"], within(attr, "key")),
    type: choice(from["type"], within(attr, "type"), ["person", "cohort", "group", "flag"] as const),
    ...pick({ ...from, operator: canonical }, attr, {
      value: anything,
      operator: (one, at) => choice(one, at, operators),
      group_type_index: index,
      negation: boolean,
      label,
      cohort_name: label,
      group_key_names: anything,
    }),
  };
};
const condition: Read<Condition> = (value, attr) => {
  const from = object(value, attr);
  const { properties } = from;
  return {
    properties:
      properties === undefined || properties === null
        ? []
        : list(properties, within(attr, "properties")).map((one, i) =>
            property(one, within(within(attr, "properties"), i)),
          ),
    ...pick(from, attr, {
      rollout_percentage: share,
      variant: label,
      aggregation_group_type_index: index,
      description: label,
      sort_key: anything,
    }),
  };
};
const multivariate: Read<{ variants: Variant[] }> = (value, attr) => {
  const at = within(attr, "variants");
  return {
    variants: list(object(value, attr)["variants"], at).map((one, i) => {
      const from = object(one, within(at, i));
      return {
        key: text(from["key"], within(within(at, i), "key")),
        ...pick(from, within(at, i), { name: label }),
        rollout_percentage: share(from["rollout_percentage"], within(within(at, i), "rollout_percentage")),
      };
    }),
  };
};
/** Kept as JSON text, whatever they came as. */
const payloads: Read<Record<string, string>> = (value, attr) =>
  Object.fromEntries(
    Object.entries(object(value, attr)).map(([name, payload]) => {
      if (typeof payload !== "string") return [name, JSON.stringify(payload)];
      try {
        JSON.parse(payload);
        return [name, payload];
      } catch {
        throw invalid(attr, `Payload for key '${name.slice(0, 100)}' is not valid JSON.`, "invalid_payload_json");
      }
    }),
  );

const fields: Readonly<Record<keyof Filters, Read<unknown>>> = {
  groups: (value, attr) => list(value, attr, 500).map((one, i) => condition(one, within(attr, i))),
  multivariate,
  payloads,
  aggregation_group_type_index: index,
  early_exit: boolean,
  feature_enrollment: boolean,
  holdout: object,
};

/** The shape of filters, each field by itself. Those that are given; which others stay is the caller's to say. */
export function readFilters(value: unknown): Partial<Filters> {
  if (!isObject(value)) throw invalid("filters", "Filters must be a dictionary.");
  if (JSON.stringify(value).length > largestFilters) throw invalid("filters", "Feature flag filters are too large.");
  if (value["version"] !== undefined || value["rules"] !== undefined)
    throw invalid("filters", "The filters version is reserved.", "reserved_config_version");
  if (value["groups"] === null) throw invalid("filters__groups", "This field may not be null.", "null");
  return pick(value, "filters", fields) as Partial<Filters>;
}

/** As the server keeps them: every condition says whom it is about. */
export function stored(filters: Partial<Filters>): Filters {
  const aggregation = filters.aggregation_group_type_index ?? null;
  return {
    ...filters,
    aggregation_group_type_index: aggregation,
    groups: (filters.groups ?? []).map((group) => ({ aggregation_group_type_index: aggregation, ...group })),
  };
}
