// What differs by design because people said so: clone leaves it alone, and parity counts it as no accident.
import type { LeftOut } from "../project/explained";

/** What people said in the config of both sides. */
export interface Said {
  readonly staging: ReadonlyMap<string, string>;
  readonly production: ReadonlyMap<string, string>;
  /** What production holds as a comment. */
  readonly leftOut: LeftOut | undefined;
}

const commented = "production has it as a comment";
/** Whether that is all: golive's own placeholder may still be answered. */
export const isOfComment = (why: string): boolean => why === commented;

/** Why production may lack an entry that staging has. */
export function whyWithout({ staging, production, leftOut }: Said, section: string, name: string): string | undefined {
  const path = `${section}.${name}`;
  const why = explains(production, path) ?? explains(staging, path);
  return why ?? (leftOut?.([section, name]) ? commented : undefined);
}

/** Why a field may differ; `entry` is production's. */
export function whyField(
  { production, leftOut }: Said,
  section: string | undefined,
  entry: { readonly name: string; readonly ownedBy: unknown },
  field: string,
): string | undefined {
  const why = explains(production, section === undefined ? field : `${section}.${entry.name}.${field}`);
  if (why !== undefined) return why;
  const { ownedBy } = entry;
  if (typeof ownedBy === "object" && ownedBy !== null && (ownedBy as Record<string, unknown>)[field] === "people")
    return "people own it in production";
  return section !== undefined && leftOut?.([section, entry.name, field]) ? commented : undefined;
}

/** What explains a value explains all that it holds. */
function explains(said: ReadonlyMap<string, string>, path: string): string | undefined {
  for (let at = path; at !== ""; at = at.slice(0, Math.max(at.lastIndexOf("."), 0))) {
    const why = said.get(at);
    if (why) return why;
  }
  return undefined;
}
