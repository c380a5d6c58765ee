import { type Bag, type Definition, isUnknown, namesOf } from "../define";
import { Conflict, Invalid, Refused } from "../errors";

/** How long a taker waits for the one that leaves what it takes. */
const patienceMs = 15_000;

/** The natural key of inputs, where all of it is known. */
export function naturalKeyOf({ inputs }: Definition, values: Bag): string | undefined {
  const key = namesOf(inputs, (field) => Boolean(field.key)).map((name) => values[name]);
  return key.some((part) => part === undefined || isUnknown(part)) ? undefined : JSON.stringify(key);
}

/** The part of a natural key that people write. */
export const writtenKey = ({ inputs }: Definition): string =>
  namesOf(inputs, (field) => Boolean(field.key) && field.ref === undefined).at(-1) ?? "";

/** Whether a platform refuses a write for what it is, and not for who asks or how it went. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof Conflict || error instanceof Invalid || error instanceof Refused;

/**
 * Natural keys that change hands in one run. Of what a platform has once, an object can take a key only when another has
 * left it: those in a row wait for each other, and those in a circle would for ever.
 */
export class Handover {
  readonly #taken = new Map<string, string>();
  readonly #leavers = new Map<string, { readonly left: Promise<boolean>; leave(): void }>();
  /** Left in this run: whoever was refused one just before may try again. */
  readonly #left = new Set<string>();

  /** Notes that an object leaves one key for another. Answers whether it closes a circle. */
  note(key: string, next: string): boolean {
    if (!this.#taken.has(key)) {
      let leave = () => {};
      const left = new Promise<boolean>((resolve) => (leave = () => resolve(true)));
      this.#leavers.set(key, { left, leave });
    }
    this.#taken.set(key, next);
    let at: string | undefined = next;
    for (let steps = 0; at !== undefined && steps <= this.#taken.size; steps++) {
      if (at === key) return true;
      at = this.#taken.get(at);
    }
    return false;
  }

  /** Notes that the key is free. */
  leave(key: string): void {
    this.#leavers.get(key)?.leave();
    this.#leavers.delete(key);
    this.#taken.delete(key);
    this.#left.add(key);
  }

  /** Waits for who is to leave this key in this run. Answers whether somebody did. */
  async free(key: string): Promise<boolean> {
    const leaver = this.#leavers.get(key);
    if (!leaver) return this.#left.has(key);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, patienceMs, false)));
    return Promise.race([leaver.left, late]).finally(() => clearTimeout(timer));
  }
}

/** Why two of one key cannot be written, and the way. */
export const circle = (property: string, value: unknown): string =>
  `becomes ${JSON.stringify(value)}, which another resource of this program leaves in the same deploy for what this one has: ` +
  `a platform has each once. Deploy one of them with a free ${property} first, then both as they are to be`;

/** What stands in the way of an update. */
export const heldBy = (property: string, value: unknown, holder: string): Refused =>
  new Refused(
    `its ${property} would be ${JSON.stringify(value)}, which ${holder} has`,
    `The engine deletes last: if ${holder} is what this program no longer declares, run \`pulumi up\` without this change ` +
      `first, then with it. Else choose another ${property}, or change ${holder} first.`,
  );
