import type { Owner } from "./owner";

/** How an object stays with those who have it. */
type Stay =
  /** For all that is known. */
  | "with changes"
  /** Nothing about it changes, or it was updated. */
  | "as it is"
  /** It was there already when the resource was created. */
  | "taken over";
interface Holder {
  /** The resource, also under the URN that state still has of it. */
  readonly owners: readonly string[];
  readonly stay: Stay | undefined;
}
/** Why an object must not be deleted. `renamed`: another resource goes on with it. `held`: this one does. `not replaced`: it was found where a new one was to be made. */
export type Kept = "renamed" | "held" | "not replaced";

/** An object that state holds, of a resource that is being replaced. */
export interface Old {
  readonly id: string;
  readonly held: Readonly<Record<string, unknown>>;
}

/** The objects that resources of this program have, by id and by natural key, as far as this process has met them. */
export class Owned {
  readonly #holders = new Map<string, Holder>();
  /** What state holds of each resource. */
  readonly #olds = new Map<string, Old>();
  readonly #making = new Set<string>();
  /** Ids of what a replacement deleted ahead of the engine. */
  readonly #ended = new Map<string, string>();

  /** Notes whose object it is, and that it stays; answers false where another resource has it. */
  take(owner: Owner, marks: readonly string[]): boolean {
    const isFree = marks.every((mark) => {
      const holder = this.#holders.get(mark);
      return !holder || (owner !== undefined && holder.owners.includes(owner));
    });
    if (isFree) this.note(owner, marks, "taken over");
    return isFree;
  }
  /** Runs alone for a natural key: two that look at once would both find nothing there. */
  async alone<T>(mark: string, run: () => Promise<T>, refuse: () => never): Promise<T> {
    if (this.#making.has(mark)) refuse();
    this.#making.add(mark);
    try {
      return await run();
    } finally {
      this.#making.delete(mark);
    }
  }
  /** The other resource that took the object over in this run, where this one has it still. */
  takenBy(owner: Owner, formerly: Owner, marks: readonly string[]): string | undefined {
    const holders = marks.map((mark) => this.#holders.get(mark)).filter((holder) => holder?.stay === "taken over");
    const mine = [owner, formerly];
    return owner === undefined ? undefined : holders.flatMap((one) => one!.owners).find((one) => !mine.includes(one));
  }
  note(owner: Owner, marks: readonly string[], stay?: Stay, formerly?: Owner): void {
    const owners = [owner, formerly].filter((one) => one !== undefined);
    for (const mark of marks) this.#holders.set(mark, { owners, stay });
  }
  stayOf(mark: string): Stay | undefined {
    return this.#holders.get(mark)?.stay;
  }
  release(marks: readonly string[]): void {
    for (const mark of marks) this.#holders.delete(mark);
  }

  /** Whether deleting it would take it from a resource that goes on with it: the engine deletes what has another name now. */
  keeps(owner: Owner, marks: readonly string[]): Kept | undefined {
    for (const mark of marks) {
      const { owners = [], stay } = this.#holders.get(mark) ?? {};
      if (!stay) continue;
      if (owner === undefined || !owners.includes(owner)) return "renamed";
      if (stay !== "with changes") return stay === "taken over" ? "not replaced" : "held";
    }
    return undefined;
  }

  /** Notes what state holds of a resource. */
  meet(owner: Owner, old: Old): void {
    if (owner !== undefined) this.#olds.set(owner, old);
  }
  /** What state holds of a resource that is now created: its creation is a replacement, and the old one is still there. */
  old(owner: Owner): Old | undefined {
    return owner === undefined ? undefined : this.#olds.get(owner);
  }
  /** Notes that the object is gone. @param isAhead The engine will ask for it still. */
  end(owner: Owner, id: string, isAhead = false): void {
    if (owner === undefined) return;
    this.#olds.delete(owner);
    if (isAhead) this.#ended.set(owner, id);
  }
  /** Whether a replacement deleted it already. */
  isEnded(owner: Owner, id: string): boolean {
    return owner !== undefined && this.#ended.get(owner) === id;
  }
}
