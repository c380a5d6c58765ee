import { Refused } from "../../../errors";
import type { Inputs } from "../../../resources";
import type { FlagWire, Flags, GroupWire, PropertyWire } from "./wire";

export type Condition = NonNullable<Inputs<"FeatureFlagRule">["conditions"]>[number];
type Value = NonNullable<NonNullable<Condition["properties"]>[number]["value"]>;

const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(", ");

/** Conditions in one project: there names are ids. */
export class Conditions {
  constructor(
    private readonly flags: Flags,
    private readonly project: string,
  ) {}

  async toGroups(conditions: readonly Condition[]): Promise<GroupWire[]> {
    return Promise.all(conditions.map((condition) => this.#toGroup(condition)));
  }

  async #toGroup(condition: Condition): Promise<GroupWire> {
    const { description, group, properties = [], cohorts = [], notCohorts = [], flags = [] } = condition;
    const index = group === undefined ? null : await this.#groupIndex(group);
    const kind = index === null ? { type: "person" } : { type: "group", group_type_index: index };
    const own = properties.map(({ key, operator, value }): PropertyWire => ({
      key,
      operator,
      // a server wants some value, whatever the operator
      value: value ?? operator,
      ...kind,
    }));
    const inCohorts = await Promise.all(
      [...cohorts.map((name) => [name, "in"] as const), ...notCohorts.map((name) => [name, "not_in"] as const)].map(
        async ([name, operator]): Promise<PropertyWire> => ({
          key: "id",
          type: "cohort",
          value: await this.#cohortId(name),
          operator,
        }),
      ),
    );
    const onFlags = await Promise.all(
      flags.map(async ({ flag, value }): Promise<PropertyWire> => ({
        key: String(await this.#flagId(flag)),
        type: "flag",
        value,
        operator: "flag_evaluates_to",
      })),
    );
    return {
      properties: [...own, ...inCohorts, ...onFlags],
      rollout_percentage: condition.rolloutPercentage,
      variant: condition.variant ?? null,
      aggregation_group_type_index: index,
      ...(description !== undefined && { description }),
    };
  }

  async #groupIndex(group: string): Promise<number> {
    const types = await this.flags.groupTypes(this.project);
    const found = types.find(({ group_type: type }) => type === group);
    if (found) return found.group_type_index;
    throw new Refused(
      `project ${this.project} has no kind of group "${group}"${types.length > 0 ? `, only ${quoted(types.map((one) => one.group_type))}` : ""}`,
      "PostHog makes one when the product first sends an event of such a group.",
    );
  }
  async #cohortId(name: string): Promise<number> {
    const [found, ...others] = (await this.flags.cohorts(this.project)).filter((cohort) => cohort.name === name);
    if (found && others.length === 0) return found.id;
    throw new Refused(
      found
        ? `project ${this.project} has several cohorts "${name}"`
        : `project ${this.project} has no cohort "${name}"`,
      found ? "Give them different names." : "Make it there first, with this name.",
    );
  }
  async #flagId(key: string): Promise<number> {
    const found = await this.flags.keyed(this.project, key);
    if (found) return found.id;
    throw new Refused(
      `project ${this.project} has no flag "${key}", on which this one depends`,
      "Declare its rule in this environment, and let this one depend on it (`dependsOn`).",
    );
  }

  /** What is there as conditions; what has no word here stays as the property it is, so that it shows as a difference. */
  async fromGroups(groups: readonly GroupWire[]): Promise<Condition[]> {
    return Promise.all(groups.map((group) => this.#fromGroup(group)));
  }

  async #fromGroup(group: GroupWire): Promise<Condition> {
    const all = group.properties ?? [];
    const isNot = ({ operator, negation }: PropertyWire) => operator === "not_in" || negation === true;
    const named = (property: PropertyWire) => this.#cohortName(property);
    const ofCohorts = all.filter(({ type }) => type === "cohort");
    const [cohorts, notCohorts, flags] = await Promise.all([
      Promise.all(ofCohorts.filter((one) => !isNot(one)).map(named)),
      Promise.all(ofCohorts.filter(isNot).map(named)),
      Promise.all(
        all
          .filter(({ type }) => type === "flag")
          .map(async ({ key, value }) => ({ flag: await this.#flagKey(key), value: value as string | boolean })),
      ),
    ]);
    const properties = all
      .filter(({ type }) => type !== "cohort" && type !== "flag")
      .map(({ key, operator, value }) => {
        const how = operator ?? "exact";
        const isGiven = value !== null && value !== undefined && value !== how;
        return { key, operator: how, ...(isGiven && { value: value as Value }) };
      });
    const index = group.aggregation_group_type_index ?? null;
    const kind = index === null ? undefined : await this.#groupName(index);
    return {
      ...(group.description && { description: group.description }),
      ...(properties.length > 0 && { properties }),
      ...(cohorts.length > 0 && { cohorts }),
      ...(notCohorts.length > 0 && { notCohorts }),
      ...(flags.length > 0 && { flags }),
      ...(kind !== undefined && { group: kind }),
      rolloutPercentage: group.rollout_percentage ?? 100,
      ...(group.variant && { variant: group.variant }),
    };
  }
  async #groupName(index: number): Promise<string> {
    const types = await this.flags.groupTypes(this.project);
    return types.find((one) => one.group_type_index === index)?.group_type ?? String(index);
  }
  async #cohortName({ value, cohort_name: name }: PropertyWire): Promise<string> {
    if (name) return name;
    const cohorts = await this.flags.cohorts(this.project);
    return cohorts.find(({ id }) => String(id) === String(value))?.name ?? String(value);
  }
  async #flagKey(id: string): Promise<string> {
    const flag: FlagWire | undefined = await this.flags.read(this.project, id);
    return flag?.key ?? id;
  }
}
