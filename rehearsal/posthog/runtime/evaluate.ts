import type { Row, Store } from "../../store/database";
import { aggregationOf } from "../domain/filter-rules";
import { filtersOf } from "../domain/flag-references";
import type { Condition, Property } from "../domain/filters";
import type { FlagData, ProjectData } from "../domain/rows";
import { byNumber } from "../domain/store";
import { isObject, type Json } from "../fields";
import { hashOf, variantOf } from "./hash";
import { matchProperty } from "./properties";

/** Whom flags are asked for. */
export interface Subject {
  readonly distinctId: string;
  readonly deviceId: string | undefined;
  readonly properties: Json;
  /** Group types → keys of the groups that it is in. */
  readonly groups: Readonly<Record<string, string>>;
  readonly groupProperties: Readonly<Record<string, Json>>;
}
export type FlagValue = boolean | string;
export interface Evaluated {
  readonly value: FlagValue;
  readonly reason:
    | "condition_match"
    | "no_condition_match"
    | "out_of_rollout_bound"
    | "no_group_type"
    | "flag_disabled";
  readonly condition: number | null;
}

/** One evaluation of any number of flags of a project for one subject. */
export class Evaluation {
  readonly #known = new Map<string, Evaluated>();

  constructor(
    private readonly store: Store,
    private readonly project: Row<ProjectData>,
    private readonly subject: Subject,
  ) {}

  of(flag: Row<FlagData>): Evaluated {
    const known = this.#known.get(flag.id);
    if (known) return known;
    // a loop cannot be stored; if it were, it would end here
    this.#known.set(flag.id, { value: false, reason: "no_condition_match", condition: null });
    const found = this.#evaluate(flag);
    this.#known.set(flag.id, found);
    return found;
  }

  #evaluate(flag: Row<FlagData>): Evaluated {
    if (!flag.data.active || flag.data.deleted || flag.data.filters["version"] === 2)
      return { value: false, reason: "flag_disabled", condition: null };
    const filters = filtersOf(flag);
    let reason: Evaluated["reason"] = "no_condition_match";
    let condition: number | null = null;
    for (const [i, group] of filters.groups.entries()) {
      const found = this.#match(flag, group);
      if (found === true) {
        const variants = filters.multivariate?.variants ?? [];
        const forced = variants.find(({ key }) => key === group.variant)?.key;
        const value = forced ?? variantOf(flag.data.key, this.#bucket(flag, group)!, variants) ?? true;
        return { value, reason: "condition_match", condition: i };
      }
      if (reason !== "out_of_rollout_bound" && found !== "no_condition_match") [reason, condition] = [found, i];
      if (filters.early_exit === true && found === "out_of_rollout_bound") break;
    }
    return { value: false, reason, condition };
  }

  /** What the dice are cast for: a group's key, a device or a person. Nothing, outside any such group. */
  #bucket(flag: Row<FlagData>, group: Condition): string | undefined {
    const aggregation = aggregationOf(group, filtersOf(flag));
    if (aggregation !== null) {
      const type = this.project.data.group_types[aggregation];
      return type !== undefined && Object.hasOwn(this.subject.groups, type) ? this.subject.groups[type] : undefined;
    }
    const { distinctId, deviceId } = this.subject;
    return flag.data.bucketing_identifier === "device_id" ? (deviceId ?? distinctId) : distinctId;
  }

  #match(
    flag: Row<FlagData>,
    group: Condition,
  ): true | Exclude<Evaluated["reason"], "condition_match" | "flag_disabled"> {
    const bucket = this.#bucket(flag, group);
    if (bucket === undefined) return "no_group_type";
    const aggregation = aggregationOf(group, filtersOf(flag));
    const type = aggregation === null ? undefined : this.project.data.group_types[aggregation];
    const properties = type === undefined ? this.subject.properties : (this.subject.groupProperties[type] ?? {});
    if (!group.properties.every((property) => this.#matchProperty(property, properties))) return "no_condition_match";
    const share = group.rollout_percentage ?? 100;
    return share === 100 || hashOf(flag.data.key, bucket) <= share / 100 ? true : "out_of_rollout_bound";
  }

  #matchProperty(property: Property, properties: Json): boolean {
    if (property.type === "cohort") {
      const isIn = this.#inCohort(String(property.value), properties);
      return (property.operator === "not_in") !== isIn;
    }
    if (property.type !== "flag") return matchProperty(property, properties);
    const other = byNumber(this.store, "ph_flag", property.key);
    const value = other ? this.of(other).value : false;
    // true is any variant too; a text is just that variant
    return typeof property.value === "boolean" ? (value !== false) === property.value : value === property.value;
  }

  /** A static cohort is a list of people, and the rehearsal keeps none. */
  #inCohort(id: string, properties: Json): boolean {
    const cohort = byNumber(this.store, "ph_cohort", id);
    if (!cohort || cohort.data.deleted || cohort.data.is_static) return false;
    return this.#inGroup(cohort.data.filters["properties"], properties);
  }
  #inGroup(group: unknown, properties: Json): boolean {
    if (!isObject(group) || !Array.isArray(group["values"])) return false;
    const isAll = group["type"] === "AND";
    const test = (one: unknown): boolean => {
      if (!isObject(one)) return false;
      if (one["values"] !== undefined) return this.#inGroup(one, properties);
      const property = one as unknown as Property;
      return (
        this.#matchProperty({ ...property, type: property.type === "cohort" ? "cohort" : "person" }, properties) !==
        (property.negation === true)
      );
    };
    return isAll ? group["values"].every(test) : group["values"].some(test);
  }
}
