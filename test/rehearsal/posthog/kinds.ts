// Every kind of condition, with the people that it is for: what the clients' answers are held against.
import type { Data } from "../rig";

export interface User {
  readonly distinctId: string;
  readonly properties: Record<string, string | boolean>;
  readonly company: string;
  readonly companyProperties: Record<string, string>;
}
/** People of all kinds, the same ones each time. */
export const users: readonly User[] = Array.from({ length: 1_000 }, (_, i) => ({
  distinctId: `user-${i}`,
  properties: {
    plan: ["free", "Pro", "team"][i % 3]!,
    email: `u${i}@${i % 4 === 0 ? "Example.com" : "acme.io"}`,
    seats: String(i % 100),
    beta: i % 2 === 0,
    since: `202${i % 7}-03-1${i % 10}T0${i % 10}:00:00Z`,
    app: `${i % 3}.${i % 10}.${i % 7}`,
    $device_id: `device-${Math.floor(i / 2)}`,
  },
  company: `company-${i % 250}`,
  companyProperties: { tier: i % 5 === 0 ? "gold" : "plain" },
}));

export interface Kind {
  readonly key: string;
  readonly flag: Data;
  /** Whom its conditions are for. */
  readonly among: (user: User) => boolean;
  /** Which part of them, or which part each variant has. */
  readonly share: number | Readonly<Record<string, number>>;
  /** Why an application cannot tell it by itself. */
  readonly remote?: string;
  /** What the dice are cast for, where it is not each person. */
  readonly per?: "company" | "device";
}
const all = () => true;
const group = (rollout_percentage: number | null, ...properties: Data[]): Data => ({ properties, rollout_percentage });
const person = (key: string, operator: string, value?: unknown): Data => ({
  key,
  type: "person",
  operator,
  ...(value !== undefined && { value }),
});
/** A flag of one condition. */
const of = (key: string, among: Kind["among"], property: Data, rest: Partial<Kind> = {}): Kind => ({
  key,
  flag: { filters: { groups: [group(100, property)] } },
  among,
  share: 1,
  ...rest,
});
const { seats, plan, email, since, app, beta } = {
  seats: (user: User) => Number(user.properties["seats"]),
  plan: (user: User) => String(user.properties["plan"]).toLowerCase(),
  email: (user: User) => String(user.properties["email"]).toLowerCase(),
  since: (user: User) => Date.parse(String(user.properties["since"])),
  app: (user: User) => String(user.properties["app"]).split(".").map(Number) as [number, number, number],
  beta: (user: User) => user.properties["beta"] === true,
};
const variants = [
  { key: "control", name: "As before", rollout_percentage: 20 },
  { key: "short", rollout_percentage: 30 },
  { key: "long", rollout_percentage: 50 },
];
const date = "2023-03-13T03:00:00Z";

export const kinds = (ids: { cohort: number; nested: number; base: number; split: number }): Kind[] => [
  { key: "everyone", flag: { filters: { groups: [group(100)] } }, among: all, share: 1 },
  { key: "no-percentage", flag: { filters: { groups: [group(null)] } }, among: all, share: 1 },
  { key: "nobody", flag: { filters: { groups: [group(0)] } }, among: all, share: 0 },
  { key: "half", flag: { filters: { groups: [group(50)] } }, among: all, share: 0.5 },
  { key: "eighth", flag: { filters: { groups: [group(12.5)] } }, among: all, share: 0.125 },
  { key: "off", flag: { active: false, filters: { groups: [group(100)] } }, among: all, share: 0 },
  of("exact-list", (u) => ["pro", "team"].includes(plan(u)), person("plan", "exact", ["pro", "team"])),
  of("exact-text", (u) => plan(u) === "pro", person("plan", "exact", "pro")),
  of("exact-boolean", beta, person("beta", "exact", ["true"])),
  of("is-not", (u) => plan(u) !== "free", person("plan", "is_not", ["free"])),
  of("icontains", (u) => email(u).includes("@example"), person("email", "icontains", "@EXAMPLE")),
  of("not-icontains", (u) => !email(u).includes("@example"), person("email", "not_icontains", "@example")),
  of("regex", (u) => /^u\d{2}@/.test(email(u)), person("email", "regex", "^u[0-9]{2}@")),
  of("not-regex", (u) => !/^u\d{2}@/.test(email(u)), person("email", "not_regex", "^u[0-9]{2}@")),
  of("gt", (u) => seats(u) > 50, person("seats", "gt", "50")),
  of("gte", (u) => seats(u) >= 50, person("seats", "gte", "50")),
  of("lt", (u) => seats(u) < 50, person("seats", "lt", "50")),
  of("lte", (u) => seats(u) <= 50, person("seats", "lte", "50")),
  of("min", (u) => seats(u) >= 9, person("seats", "min", "9")),
  of("is-set", all, person("seats", "is_set", "is_set")),
  of("is-not-set", all, person("never", "is_not_set", "is_not_set"), { remote: "what is not given may be known" }),
  of("date-before", (u) => since(u) < Date.parse(date), person("since", "is_date_before", date)),
  of("date-after", (u) => since(u) > Date.parse(date), person("since", "is_date_after", date)),
  of("date-relative", all, person("since", "is_date_after", "-1d"), { share: 0 }),
  of("date-exact", (u) => since(u) === Date.parse(date), person("since", "is_date_exact", date), {
    remote: "an operator that the client lacks",
  }),
  of("semver-eq", (u) => app(u).join(".") === "1.4.4", person("app", "semver_eq", "1.4.4")),
  of("semver-neq", (u) => app(u).join(".") !== "1.4.4", person("app", "semver_neq", "1.4.4")),
  of("semver-gt", (u) => app(u)[0] > 1, person("app", "semver_gte", "2.0.0")),
  of("semver-lt", (u) => app(u)[0] < 1, person("app", "semver_lt", "1.0.0")),
  of(
    "semver-tilde",
    (u) => app(u)[0] === 1 && app(u)[1] === 4 && app(u)[2] >= 2,
    person("app", "semver_tilde", "1.4.2"),
  ),
  of(
    "semver-caret",
    (u) => app(u)[0] === 1 && (app(u)[1] > 4 || (app(u)[1] === 4 && app(u)[2] >= 2)),
    person("app", "semver_caret", "1.4.2"),
  ),
  of("semver-wildcard", (u) => app(u)[0] === 1 && app(u)[1] === 4, person("app", "semver_wildcard", "1.4.*")),
  of("icontains-multi", (u) => /@example|u1/.test(email(u)), person("email", "icontains_multi", ["@example", "u1"]), {
    remote: "an operator that the client lacks",
  }),
  {
    key: "two-properties",
    flag: { filters: { groups: [group(50, person("plan", "exact", ["pro"]), person("seats", "gte", "20"))] } },
    among: (u) => plan(u) === "pro" && seats(u) >= 20,
    share: 0.5,
  },
  {
    key: "two-conditions",
    flag: {
      filters: {
        groups: [group(100, person("plan", "exact", ["pro"])), group(100, person("plan", "exact", ["team"]))],
      },
    },
    among: (u) => plan(u) !== "free",
    share: 1,
  },
  {
    key: "early-exit",
    flag: { filters: { early_exit: true, groups: [group(0, person("plan", "exact", ["pro"])), group(100)] } },
    among: (u) => plan(u) !== "pro",
    share: 1,
  },
  {
    key: "variants",
    flag: { filters: { groups: [group(100)], multivariate: { variants }, payloads: { short: '{"lines":1}' } } },
    among: all,
    share: { control: 0.2, short: 0.3, long: 0.5 },
  },
  {
    key: "variants-of-half",
    flag: { filters: { groups: [group(50)], multivariate: { variants } } },
    among: all,
    share: { control: 0.1, short: 0.15, long: 0.25 },
  },
  {
    key: "variant-for-some",
    flag: {
      filters: {
        groups: [
          { ...group(100, person("plan", "exact", ["pro"])), variant: "long" },
          group(100, person("plan", "exact", ["free"])),
        ],
        multivariate: { variants },
      },
    },
    among: (u) => plan(u) === "pro",
    share: { long: 1 },
  },
  {
    key: "payload",
    flag: { filters: { groups: [group(100)], payloads: { true: { color: "green", sizes: [1, 2] } } } },
    among: all,
    share: 1,
  },
  of("in-cohort", (u) => plan(u) === "pro" && !email(u).includes("@example"), {
    key: "id",
    type: "cohort",
    value: ids.cohort,
    operator: "in",
  }),
  of("not-in-cohort", (u) => !(plan(u) === "pro" && !email(u).includes("@example")), {
    key: "id",
    type: "cohort",
    value: ids.cohort,
    operator: "not_in",
  }),
  of("in-nested-cohort", (u) => (plan(u) === "pro" && !email(u).includes("@example")) || seats(u) > 90, {
    key: "id",
    type: "cohort",
    value: ids.nested,
    operator: "in",
  }),
  of("after-flag", (u) => plan(u) === "team", {
    key: String(ids.base),
    type: "flag",
    operator: "flag_evaluates_to",
    value: true,
  }),
  of("after-no-flag", (u) => plan(u) !== "team", {
    key: String(ids.base),
    type: "flag",
    operator: "flag_evaluates_to",
    value: false,
  }),
  {
    ...of("after-variant", all, {
      key: String(ids.split),
      type: "flag",
      operator: "flag_evaluates_to",
      value: "right",
    }),
    share: 0.25,
  },
  {
    key: "by-device",
    flag: { bucketing_identifier: "device_id", filters: { groups: [group(50)] } },
    among: all,
    share: 0.5,
    per: "device",
  },
  {
    key: "by-company",
    flag: { filters: { aggregation_group_type_index: 0, groups: [group(50)] } },
    among: all,
    share: 0.5,
    per: "company",
  },
  of(
    "gold-companies",
    (u) => u.companyProperties["tier"] === "gold",
    { key: "tier", type: "group", group_type_index: 0, operator: "exact", value: ["gold"] },
    {
      flag: {
        filters: {
          aggregation_group_type_index: 0,
          groups: [group(100, { key: "tier", type: "group", group_type_index: 0, operator: "exact", value: ["gold"] })],
        },
      },
    },
  ),
  {
    key: "people-or-companies",
    flag: {
      filters: {
        groups: [
          {
            ...group(100, { key: "tier", type: "group", group_type_index: 0, operator: "exact", value: ["gold"] }),
            aggregation_group_type_index: 0,
          },
          { ...group(100, person("plan", "exact", ["free"])), aggregation_group_type_index: null },
        ],
      },
    },
    among: (u) => u.companyProperties["tier"] === "gold" || plan(u) === "free",
    share: 1,
  },
];

/** The cohorts and flags that others go by. */
export const cohort: Data = {
  name: "Pro outside",
  filters: {
    properties: {
      type: "OR",
      values: [
        {
          type: "AND",
          values: [person("plan", "exact", ["pro"]), { ...person("email", "icontains", "@example"), negation: true }],
        },
      ],
    },
  },
};
export const nestedCohort = (inner: number): Data => ({
  name: "Pro outside, or large",
  filters: {
    properties: {
      type: "OR",
      values: [
        { type: "AND", values: [{ key: "id", type: "cohort", value: inner }] },
        { type: "AND", values: [person("seats", "gt", "90")] },
      ],
    },
  },
});
export const baseFlag: Data = { key: "base", filters: { groups: [group(100, person("plan", "exact", ["team"]))] } };
export const splitFlag: Data = {
  key: "split",
  filters: {
    groups: [group(100)],
    multivariate: {
      variants: [
        { key: "left", rollout_percentage: 75 },
        { key: "right", rollout_percentage: 25 },
      ],
    },
  },
};
