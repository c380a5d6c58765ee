import { setTimeout } from "node:timers/promises";
import { Ambiguous, Cancelled, PartlyDone } from "../errors";
import type { Single } from "../platforms/platform";
import type { Journal } from "./journal";
import type { Owner } from "./owner";

/** Milliseconds before each look, half a minute in all: a server that is slow may still be at work. */
const looks = [0, 250, 500, 1_000, 2_000, 4_000, 8_000, 15_000];
/** How often what was lost and ended again is made anew. */
const attempts = 3;

export type Wait = (ms: number) => Promise<unknown>;

/** What came of a write that was sent once. */
export type Outcome<T, F> = { readonly sent: T } | { readonly found: F };

/**
 * A write that must not happen twice, for one resource. No platform promises idempotency: it is written down, sent once,
 * and after an unknown outcome looked for, again and again for a while. Where nothing is found its end stays open in the
 * journal, for the next `up`; it is not sent again before what it made was found, or the platform refused it.
 */
export class Once {
  constructor(
    private readonly journal: Journal,
    private readonly key: string,
    private readonly owner: Owner,
    private readonly wait: Wait = setTimeout,
  ) {}

  /** Makes an object that its natural key finds. What is found after an unknown outcome is left open. */
  async make<T extends { readonly id: string }>(
    send: () => Promise<T>,
    find: () => Promise<T | undefined>,
  ): Promise<Outcome<T, T>> {
    return this.#send(this.key, undefined, send, find, (made) => made.id);
  }
  /** Writes down that the object is this resource's; without an id, that there is none. */
  done(id?: string): void {
    this.journal.end(this.key, id, this.owner);
  }

  /** Issues what is shown once. What was shown to nobody is ended, also that of a run before this one. */
  async issue<T>({ name, there, send, end }: Single<T>): Promise<T> {
    const key = `${this.key} ${name}`;
    const since = async (before: readonly string[]) => (await there()).filter((id) => !before.includes(id));
    const earlier = this.journal.before(key);
    for (const id of earlier ? await since(earlier) : []) await end(id);
    for (let attempt = 1; ; attempt++) {
      const before = await there();
      const look = async () => {
        const lost = await since(before);
        return lost.length > 0 ? lost : undefined;
      };
      const outcome = await this.#send(key, before, send, look, () => undefined);
      if ("sent" in outcome) return outcome.sent;
      for (const id of outcome.found) await end(id);
      this.journal.end(key, undefined, this.owner);
      if (attempt === attempts)
        throw new Ambiguous(
          `${name} was answered too late ${attempts} times, and what it had issued was ended each time`,
          { method: "POST", url: "" },
          "The platform is slow: run the same command again later, or raise the timeout (GOLIVE_TIMEOUT).",
        );
    }
  }

  async #send<T, F>(
    key: string,
    before: readonly string[] | undefined,
    send: () => Promise<T>,
    find: () => Promise<F | undefined>,
    idOf: (made: T) => string | undefined,
  ): Promise<Outcome<T, F>> {
    this.journal.begin(key, this.owner, before);
    try {
      const sent = await send();
      this.journal.end(key, idOf(sent), this.owner);
      return { sent };
    } catch (error) {
      if (!(error instanceof Ambiguous)) {
        this.journal.end(key, error instanceof PartlyDone ? error.id : undefined, this.owner);
        throw error;
      }
      return { found: await this.#look(find, error) };
    }
  }

  async #look<F>(find: () => Promise<F | undefined>, unknown: Ambiguous): Promise<F> {
    for (const ms of looks) {
      await this.wait(ms);
      try {
        const found = await find();
        if (found !== undefined) return found;
      } catch (error) {
        // one that is being stopped sends nothing more; any other fault of a look says nothing of what was made
        if (error instanceof Cancelled) throw unknown;
      }
    }
    throw new Ambiguous(
      `${unknown.said}. golive looked for what it made for half a minute and saw nothing`,
      unknown.exchange,
      "Nothing was sent twice. Run the same command again: golive goes on from its journal.",
      { cause: unknown },
    );
  }
}
