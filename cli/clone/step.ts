import { isDeepStrictEqual } from "node:util";
import type { Field } from "@golive/provider";
import type { PlatformModule } from "@golive/provider/platforms/platform";
import type { Section } from "@golive/provider/stage";
import { isMap, isNode, type Node, type Pair } from "yaml";
import type { Edit } from "../project/edit";
import type { StackConfig } from "../project/stack-config";
import { plainOf } from "../project/values";
import type { Passage } from "./crossing";
import type { Said } from "./design";
import type { Hosts } from "./hosts";
import type { Line } from "./line";
import type { ConfigNode } from "./place";

export interface CloneInput {
  /** Pulumi project whose program reads the config. */
  readonly project: string;
  readonly staging: StackConfig;
  readonly production: StackConfig;
  readonly mappings: readonly (readonly [from: string, to: string])[];
  /** Answers to what is asked, by path. */
  readonly answers: ReadonlyMap<string, string>;
  /** Whose rules production goes by. */
  readonly platform: PlatformModule;
}
/** What one step of the plan works with. */
export interface Step extends Omit<CloneInput, "mappings"> {
  readonly hosts: Hosts;
  readonly edit: Edit;
  readonly lines: Line[];
  /** What people said in comments. */
  readonly said: Said;
  /** What holds the comments of production's config. */
  readonly around: Node | undefined;
  /** Values of production that have to be written out before something can be added to them. */
  readonly needs: ConfigNode[];
  /** Whether something is left to a person that `--yes` does not write. */
  isLeft: boolean;
}

/** Where a field of an entry stands. */
export interface EntryField {
  /** Section, as the plan names it. */
  readonly label: Section;
  /** Entry and field. */
  readonly path: readonly [entry: string, field: string];
  readonly field: Field | undefined;
  /** Production's section when braces hold it in one line: comments stand behind it then, not inside. */
  readonly around: Node | undefined;
  readonly passage: Passage;
}

/** A key with a value. */
export type Filled = Pair<Node, Node> & { value: Node };
export const isFilled = (pair: Pair): pair is Filled => isNode(pair.value);

export const passageOf = ({ hosts, answers, production, platform }: Step, key: string, kind?: string): Passage => ({
  hosts,
  answers,
  stack: production.stack,
  platform,
  key,
  kind,
});

/** What production has already; `cloned` is what the clone would have written. */
export const kept = (path: string, staging: unknown, production: unknown, cloned: unknown = staging): Line => {
  const [from, to, wanted] = [staging, production, cloned].map(plain);
  const own = !isDeepStrictEqual(to, wanted);
  return {
    path,
    action: "kept",
    reason: own ? "production has its own" : "as cloned",
    from,
    to,
    ...(own ? { own } : {}),
  };
};
const plain = (node: unknown): unknown => (isNode(node) ? plainOf(node) : node);

/** A pair with the comments of another and a value of its own. */
export function pairLike(pair: Filled, value: Node): Pair {
  const copy = pair.clone() as Pair<Node, Node>;
  const old = copy.value;
  if (old && value.comment == null && old.comment != null && !isMap(value)) value.comment = old.comment;
  if (old && value.commentBefore == null && old.commentBefore != null) value.commentBefore = old.commentBefore;
  copy.value = value;
  return copy;
}
