import { invalid } from "../errors";
import { parseDate } from "../runtime/dates";
import { parseVersion } from "../runtime/versions";
import type { Condition, Filters, Property } from "./filters";

const stringOperators = new Set("regex not_regex icontains not_icontains gt gte lt lte".split(" "));
const listOperators = new Set(["icontains_multi", "not_icontains_multi"]);
const dateOperators = new Set(["is_date_exact", "is_date_after", "is_date_before"]);

/** The rule's name is the code of the refusal. */
const broken = (rule: string, message: string) => invalid("filters", message, `cross_field.${rule}`);

function checkVariants({ multivariate, groups, payloads = {} }: Filters): void {
  const variants = multivariate?.variants ?? [];
  const keys = variants.map(({ key }) => key);
  const sum = variants.reduce((total, { rollout_percentage }) => total + rollout_percentage, 0);
  if (variants.length > 0 && Math.abs(sum - 100) > 1e-6)
    throw broken(
      "variant_rollout_sum_not_100",
      `Variant rollout percentages must sum to 100, got ${Number(sum.toFixed(6))}.`,
    );
  const twice = keys.filter((key, i) => keys.indexOf(key) !== i);
  if (twice.length > 0)
    throw broken(
      "variant_keys_not_unique",
      `Variant keys must be unique, duplicated: ${[...new Set(twice)].toSorted().join(", ")}.`,
    );
  for (const key of Object.keys(payloads)) {
    if (multivariate && !keys.includes(key))
      throw broken("payload_key_not_a_variant", `Payload key '${key}' does not match any variant key.`);
    if (!multivariate && key !== "true")
      throw broken(
        "payload_key_not_true",
        `Payload key '${key}' is invalid: boolean flags only support the 'true' key.`,
      );
  }
  for (const { variant } of groups)
    if (variant && !keys.includes(variant))
      throw broken("group_variant_not_a_variant", `Variant override '${variant}' does not match any variant key.`);
}

/** People are asked for what people have, groups for what their kind of group has. */
function checkAggregation({ type, group_type_index }: Property, aggregation: number | null): void {
  if (aggregation === null && type === "group")
    throw broken(
      "person_aggregation_property_type",
      "Person-aggregated conditions can only use person, cohort, and flag properties.",
    );
  if (aggregation !== null && type !== "group")
    throw broken("group_aggregation_property_type", "Group-aggregated conditions can only use group properties.");
  if (aggregation !== null && group_type_index !== aggregation)
    throw broken("group_property_type_index_mismatch", "Group properties must match the condition set's group type.");
}

function checkRegex(pattern: string): void {
  try {
    RegExp(pattern);
  } catch {
    throw invalid("filters", `Invalid regular expression: ${pattern.slice(0, 100)}.`, "invalid_regex");
  }
}
function checkOperator({ type, operator, value }: Property): void {
  if (type === "flag" && operator !== "flag_evaluates_to")
    throw broken(
      "flag_property_requires_flag_evaluates_to",
      "Flag properties must use the 'flag_evaluates_to' operator.",
    );
  if (operator == null) return;
  if ((operator === "in" || operator === "not_in") && type !== "cohort")
    throw broken("in_not_in_requires_cohort", `Operator ${operator} is only supported on cohort properties.`);
  if (operator === "flag_evaluates_to" && type !== "flag")
    throw broken("flag_evaluates_to_requires_flag", "Operator flag_evaluates_to is only supported on flag properties.");
  if (stringOperators.has(operator) && typeof value !== "string")
    throw broken("operator_requires_string_value", `Operator ${operator} requires a string value.`);
  if (listOperators.has(operator) && !Array.isArray(value))
    throw broken("operator_requires_list_value", `Operator ${operator} requires a list of values.`);
  if (dateOperators.has(operator) && (typeof value !== "string" || parseDate(value) === undefined))
    throw broken("date_value_not_parseable", `Invalid date value: ${String(value).slice(0, 100)}.`);
  if (operator === "regex" || operator === "not_regex") checkRegex(value as string);
  if (operator.startsWith("semver_")) {
    const version = typeof value === "string" && operator === "semver_wildcard" ? value.replace(/(\.\*)+$/, "") : value;
    if (typeof version !== "string" || parseVersion(version) === undefined)
      throw broken(
        "semver_value_invalid",
        `Invalid semver value for operator ${operator}: ${String(value).slice(0, 100)}.`,
      );
  }
}

/** Whom a condition is about: what it says itself, else what the flag says. */
export const aggregationOf = (
  group: Condition,
  filters: Pick<Filters, "aggregation_group_type_index">,
): number | null =>
  (group.aggregation_group_type_index === undefined
    ? filters.aggregation_group_type_index
    : group.aggregation_group_type_index) ?? null;

/** What fields of filters must be to each other. The real server only reports some of it so far; here all of it holds. */
export function checkFilters(filters: Filters, groupTypes: number): void {
  checkVariants(filters);
  for (const group of filters.groups) {
    const aggregation = aggregationOf(group, filters);
    if (aggregation !== null && (aggregation < 0 || aggregation >= groupTypes))
      throw invalid(
        "filters",
        `Group type index ${aggregation} does not exist in this project.`,
        "group_type_not_found",
      );
    for (const property of group.properties) {
      checkAggregation(property, aggregation);
      checkOperator(property);
    }
  }
}
