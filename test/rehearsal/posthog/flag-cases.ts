// Every body that is no flag, and why.
import type { Data } from "../rig";

export const groups = (...all: Data[]): Data => ({ filters: { groups: all } });
export const property = (rest: Data): Data =>
  groups({ properties: [{ key: "email", type: "person", value: "x", operator: "exact", ...rest }] });
const variants = (...shares: unknown[]): Data => ({
  variants: shares.map((rollout_percentage, i) => ({ key: `v${i}`, rollout_percentage })),
});
export const half = { groups: [{ rollout_percentage: 50 }] };
const rule = (name: string) => [400, `cross_field.${name}`, "filters"] as const;
/** A body without its key, or with another; and why it is refused. */
export const cases: readonly (readonly [string, Data | ((id: Record<string, number>) => Data), readonly unknown[]])[] =
  [
    ["no key", { key: undefined }, [400, "required", "key"]],
    ["a blank key", { key: "" }, [400, "blank", "key"]],
    ["a key with a blank", { key: "a b" }, [400, "invalid_key", "key"]],
    ["a key with a dot", { key: "a.b" }, [400, "invalid_key", "key"]],
    ["a key that is too long", { key: "a".repeat(401) }, [400, "max_length", "key"]],
    ["a key that is a number", { key: 5 }, [400, "invalid_input", "key"]],
    ["a key that exists", { key: "taken" }, [400, "unique", "key"]],
    ["active as text", { active: "true" }, [400, "invalid_input", "active"]],
    ["active as null", { active: null }, [400, "null", "active"]],
    ["a name that is no text", { name: 1 }, [400, "invalid_input", "name"]],
    ["tags that are no list", { tags: "a" }, [400, "not_a_list", "tags"]],
    ["a tag that is no text", { tags: [1] }, [400, "invalid_input", "tags__0"]],
    ["a runtime that is not there", { evaluation_runtime: "edge" }, [400, "invalid_choice", "evaluation_runtime"]],
    ["a bucketing that is not there", { bucketing_identifier: "ip" }, [400, "invalid_choice", "bucketing_identifier"]],
    [
      "fifty-one contexts",
      { evaluation_contexts: Array.from({ length: 51 }, (_, i) => `c${i}`) },
      [400, "max_length", "evaluation_contexts"],
    ],
    [
      "devices and continuity",
      { bucketing_identifier: "device_id", ensure_experience_continuity: true },
      [400, "invalid_input", "bucketing_identifier"],
    ],
    ["archived and active", { archived: true }, [400, "invalid_input", "archived"]],
    [
      "encrypted without remote configuration",
      { has_encrypted_payloads: true },
      [400, "invalid_input", "has_encrypted_payloads"],
    ],
    ["filters that are a list", { filters: [] }, [400, "invalid_input", "filters"]],
    ["no groups", { filters: {} }, [400, "contextual.groups_empty_on_create", "filters"]],
    ["empty groups", groups(), [400, "contextual.groups_empty_on_create", "filters"]],
    ["groups that are null", { filters: { groups: null } }, [400, "null", "filters__groups"]],
    ["config of version 2", { filters: { version: 2, rules: [] } }, [400, "reserved_config_version", "filters"]],
    ["version 1, said", { filters: { version: 1, ...half } }, [400, "reserved_config_version", "filters"]],
    [
      "a share above 100",
      groups({ rollout_percentage: 101 }),
      [400, "max_value", "filters__groups__0__rollout_percentage"],
    ],
    [
      "a share below 0",
      groups({}, { rollout_percentage: -1 }),
      [400, "min_value", "filters__groups__1__rollout_percentage"],
    ],
    [
      "a share as text",
      groups({ rollout_percentage: "50" }),
      [400, "invalid_input", "filters__groups__0__rollout_percentage"],
    ],
    [
      "a share as a boolean",
      groups({ rollout_percentage: true }),
      [400, "invalid_input", "filters__groups__0__rollout_percentage"],
    ],
    ["a group that is no object", { filters: { groups: [1] } }, [400, "not_a_dict", "filters__groups__0"]],
    ["properties that are no list", groups({ properties: {} }), [400, "not_a_list", "filters__groups__0__properties"]],
    [
      "a property without a key",
      property({ key: undefined }),
      [400, "required", "filters__groups__0__properties__0__key"],
    ],
    [
      "a property of no type",
      property({ type: undefined }),
      [400, "required", "filters__groups__0__properties__0__type"],
    ],
    [
      "a property of events",
      property({ type: "event" }),
      [400, "invalid_choice", "filters__groups__0__properties__0__type"],
    ],
    [
      "an operator that is not there",
      property({ operator: "equals" }),
      [400, "invalid_choice", "filters__groups__0__properties__0__operator"],
    ],
    [
      "an operator that is a list",
      property({ operator: [] }),
      [400, "invalid_choice", "filters__groups__0__properties__0__operator"],
    ],
    ["icontains of a list", property({ operator: "icontains", value: ["a"] }), rule("operator_requires_string_value")],
    ["gt of a number", property({ operator: "gt", value: 5 }), rule("operator_requires_string_value")],
    ["icontains_multi of a text", property({ operator: "icontains_multi" }), rule("operator_requires_list_value")],
    ["a regex that is none", property({ operator: "regex", value: "(" }), [400, "invalid_regex", "filters"]],
    ["a date that is none", property({ operator: "is_date_before", value: "soon" }), rule("date_value_not_parseable")],
    ["a version that is none", property({ operator: "semver_gt", value: "new" }), rule("semver_value_invalid")],
    ["in, of a person's property", property({ operator: "in" }), rule("in_not_in_requires_cohort")],
    [
      "a flag compared with exact",
      property({ type: "flag", key: "1", value: true }),
      rule("flag_property_requires_flag_evaluates_to"),
    ],
    [
      "a group's property for people",
      property({ type: "group", group_type_index: 0 }),
      rule("person_aggregation_property_type"),
    ],
    [
      "a person's property for groups",
      { filters: { aggregation_group_type_index: 0, ...(property({})["filters"] as Data) } },
      rule("group_aggregation_property_type"),
    ],
    [
      "a property of other groups",
      groups({
        aggregation_group_type_index: 0,
        properties: [{ key: "a", type: "group", group_type_index: 1, value: "x" }],
      }),
      rule("group_property_type_index_mismatch"),
    ],
    [
      "a kind of groups that is not there",
      groups({ aggregation_group_type_index: 3 }),
      [400, "group_type_not_found", "filters"],
    ],
    ["shares of 99", { filters: { ...half, multivariate: variants(50, 49) } }, rule("variant_rollout_sum_not_100")],
    [
      "shares of 100.1",
      { filters: { ...half, multivariate: variants(50, 50.1) } },
      rule("variant_rollout_sum_not_100"),
    ],
    [
      "a share of a variant as text",
      { filters: { ...half, multivariate: variants("100") } },
      [400, "invalid_input", "filters__multivariate__variants__0__rollout_percentage"],
    ],
    [
      "a variant without a share",
      { filters: { ...half, multivariate: { variants: [{ key: "a" }] } } },
      [400, "required", "filters__multivariate__variants__0__rollout_percentage"],
    ],
    [
      "multivariate without variants",
      { filters: { ...half, multivariate: {} } },
      [400, "required", "filters__multivariate__variants"],
    ],
    [
      "a variant twice",
      {
        filters: {
          ...half,
          multivariate: {
            variants: [
              { key: "a", rollout_percentage: 50 },
              { key: "a", rollout_percentage: 50 },
            ],
          },
        },
      },
      rule("variant_keys_not_unique"),
    ],
    [
      "a payload for no variant",
      { filters: { ...half, multivariate: variants(100), payloads: { true: "1" } } },
      rule("payload_key_not_a_variant"),
    ],
    [
      "a payload for a variant of a plain flag",
      { filters: { ...half, payloads: { v0: "1" } } },
      rule("payload_key_not_true"),
    ],
    [
      "a payload that is no JSON",
      { filters: { ...half, payloads: { true: "{" } } },
      [400, "invalid_payload_json", "filters__payloads"],
    ],
    ["payloads that are a list", { filters: { ...half, payloads: [] } }, [400, "not_a_dict", "filters__payloads"]],
    ["a group of no variant", groups({ variant: "v9" }), rule("group_variant_not_a_variant")],
    [
      "a cohort that is not there",
      property({ type: "cohort", key: "id", value: 99_999, operator: "in" }),
      [400, "cohort_does_not_exist", "filters"],
    ],
    [
      "a cohort by its name",
      property({ type: "cohort", key: "id", value: "People", operator: "in" }),
      [400, "cohort_does_not_exist", "filters"],
    ],
    [
      "a cohort of what people did",
      ({ behaves }) => property({ type: "cohort", key: "id", value: behaves, operator: "in" }),
      [400, "behavioral_cohort_found", "filters"],
    ],
    [
      "a flag that is not there",
      property({ type: "flag", key: "99999", value: true, operator: "flag_evaluates_to" }),
      [400, "invalid_input", "filters"],
    ],
    [
      "a flag by its key",
      property({ type: "flag", key: "taken", value: true, operator: "flag_evaluates_to" }),
      [400, "invalid_input", "filters"],
    ],
    [
      "a flag that is off",
      ({ off }) => property({ type: "flag", key: String(off), value: true, operator: "flag_evaluates_to" }),
      [400, "invalid_input", "filters"],
    ],
    [
      "a flag compared with a number",
      ({ taken }) => property({ type: "flag", key: String(taken), value: 1, operator: "flag_evaluates_to" }),
      [400, "invalid_input", "filters"],
    ],
    [
      "filters of a megabyte",
      groups(
        { description: "x".repeat(9_000) },
        ...Array.from({ length: 70 }, () => ({ description: "x".repeat(9_000) })),
      ),
      [400, "invalid_input", "filters"],
    ],
  ];
