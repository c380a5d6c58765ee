import { type Failure, isUnknown } from "../../../define";
import type { Inputs } from "../../../resources";

/** How a property may be compared. */
const operators = new Set(
  [
    "exact is_not icontains not_icontains icontains_multi not_icontains_multi regex not_regex gt gte lt lte",
    "semver_gt semver_gte semver_lt semver_lte semver_eq semver_neq semver_tilde semver_caret semver_wildcard",
    "is_set is_not_set is_date_exact is_date_after is_date_before",
  ].flatMap((line) => line.split(" ")),
);
const alone: Readonly<Record<string, string>> = {
  in: "cohorts` or `notCohorts",
  not_in: "cohorts` or `notCohorts",
  flag_evaluates_to: "flags",
  min: "gte",
  max: "lte",
};
const needsText = new Set("regex not_regex icontains not_icontains gt gte lt lte".split(" "));
const needsList = new Set(["icontains_multi", "not_icontains_multi"]);
const isPattern = (text: string): boolean => {
  try {
    RegExp(text);
    return true;
  } catch {
    return false;
  }
};

type Rule = Partial<Inputs<"FeatureFlagRule">>;
type Condition = NonNullable<Rule["conditions"]>[number];

function propertyFault({ operator, value }: NonNullable<Condition["properties"]>[number]): string | undefined {
  const other = alone[operator];
  if (other !== undefined) return `operator "${operator}" has a word of its own here: use \`${other}\``;
  if (!operators.has(operator)) return `"${operator}" is no operator of PostHog`;
  if (operator === "is_set" || operator === "is_not_set") return undefined;
  if (value === undefined) return `operator "${operator}" compares with a value: give one`;
  if (needsText.has(operator) && typeof value !== "string")
    return `operator "${operator}" compares with a text: write the value as one`;
  if (needsList.has(operator) && !Array.isArray(value)) return `operator "${operator}" compares with a list of texts`;
  if (operator.endsWith("regex") && !isPattern(String(value)))
    return `"${String(value).slice(0, 60)}" is no regular expression`;
  if (
    operator.startsWith("is_date") &&
    (typeof value !== "string" || (Number.isNaN(Date.parse(value)) && !/^-?\d+[hdwmy]$/.test(value)))
  )
    return `operator "${operator}" compares with a date, e.g. \`2027-01-01\`, or with \`-7d\``;
  if (operator.startsWith("semver") && !/^v?\d+(\.(\d+|\*|x)){0,2}([-+].+)?$/i.test(String(value)))
    return `operator "${operator}" compares with a version, e.g. \`1.4.0\``;
  return undefined;
}

function conditionFaults(condition: Condition, at: string, variants: readonly string[] | undefined): Failure[] {
  const { properties = [], cohorts = [], notCohorts = [], flags = [], group, variant } = condition;
  const ofPeople = Object.entries({ cohorts, notCohorts, flags }).filter(([, list]) => list.length > 0);
  return [
    ...properties.flatMap((property, i) => {
      const reason = propertyFault(property);
      return reason === undefined ? [] : [{ property: `${at}.properties[${i}]`, reason }];
    }),
    ...(group === undefined
      ? []
      : ofPeople.map(([name]) => ({
          property: `${at}.${name}`,
          reason: "is about people, and the condition is about a group: leave one of the two out",
        }))),
    ...(variant !== undefined && variants !== undefined && !variants.includes(variant)
      ? [
          {
            property: `${at}.variant`,
            reason: `"${variant}" is no variant of the flag${variants.length > 0 ? `: it has ${variants.map((key) => `"${key}"`).join(", ")}` : ""}`,
          },
        ]
      : []),
  ];
}

/** Of raw filters, what PostHog refuses or another input says. */
function rawFaults(filters: string): Failure[] {
  const fail = (reason: string) => [{ property: "filters", reason }];
  const value: unknown = JSON.parse(filters);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return fail("is an object of PostHog's filters, as JSON text");
  if ("version" in value || "rules" in value)
    return fail("is of config version 2, a closed pilot: golive writes the form with `groups`");
  const { groups } = value as { groups?: unknown };
  return groups === undefined || (Array.isArray(groups) && groups.length > 0)
    ? []
    : fail("has no `groups`: a flag has at least one condition");
}

const variantsIn = (definition: unknown): readonly string[] | undefined => {
  if (typeof definition !== "string" || isUnknown(definition)) return undefined;
  const { variants = [] } = JSON.parse(definition) as { variants?: readonly { key: string }[] };
  return variants.map(({ key }) => key);
};

/** What excludes each other, and what is no condition of PostHog. */
export function targetingRules(rule: Rule): Failure[] {
  const { filters, conditions, rolloutPercentage, access, shares, definition } = rule;
  const said = Object.entries({ conditions, rolloutPercentage, access }).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  const variants = variantsIn(definition);
  const [first, ...others] = said.map(([name]) => name);
  return [
    ...(filters === undefined
      ? []
      : said.map(([property]) => ({ property, reason: "is said by `filters` too: leave one of the two out" }))),
    ...(filters === undefined
      ? others.map((property) => ({
          property,
          reason: `says whom the flag is for, as \`${first}\` does: leave one of the two out`,
        }))
      : []),
    ...(Array.isArray(conditions) && !isUnknown(conditions)
      ? conditions.flatMap((condition, i) => conditionFaults(condition, `conditions[${i}]`, variants))
      : []),
    ...(typeof filters === "string" && !isUnknown(filters) ? rawFaults(filters) : []),
    ...(variants !== undefined && Array.isArray(shares) && shares.length > 0 && !isUnknown(shares)
      ? shareFaults(shares, variants)
      : []),
  ];
}
function shareFaults(shares: readonly { readonly variant: string }[], variants: readonly string[]): Failure[] {
  const without = variants.filter((key) => !shares.some(({ variant }) => variant === key));
  return [
    ...shares.flatMap(({ variant }, i) =>
      variants.includes(variant)
        ? []
        : [{ property: `shares[${i}].variant`, reason: `"${variant}" is no variant of the flag` }],
    ),
    ...(without.length > 0
      ? [
          {
            property: "shares",
            reason: `says nothing of ${without.map((key) => `"${key}"`).join(", ")}: give every variant its share`,
          },
        ]
      : []),
  ];
}

/** What PostHog takes of a definition. */
export const flagRules = ({ tags, remoteConfig, variants }: Partial<Inputs<"FeatureFlag">>): Failure[] => [
  ...(remoteConfig === true && Array.isArray(variants) && variants.length > 0
    ? [
        {
          property: "variants",
          reason: "belong to no remote configuration, which is the same for everybody: leave them out",
        },
      ]
    : []),
  ...(Array.isArray(tags) && !isUnknown(tags)
    ? tags.flatMap((tag, i) =>
        tag.length > 255 ? [{ property: `tags[${i}]`, reason: "is longer than 255 characters" }] : [],
      )
    : []),
];
