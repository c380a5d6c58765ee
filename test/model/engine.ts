// What the Pulumi engine does with a program and a state, in as few lines as it takes: check, diff, create, update,
// replace, delete, refresh, and what it records of each. The real engine has tests of its own; this one runs thousands of
// sequences in the time that one takes there.
import { type Bag, UNKNOWN } from "@golive/provider/define";
import { PartlyDone } from "@golive/provider/errors";
import { type Lifecycle, lifecycle } from "@golive/provider/lifecycle";
import type { Journal } from "@golive/provider/lifecycle/journal";
import type { Platform } from "@golive/provider/platforms/platform";
import { definitions, type Kind } from "@golive/provider";

/** A resource of a program. `$name` as an input is the id of another resource. */
export interface Declared {
  readonly kind: Kind;
  readonly inputs: Bag;
}
export type Program = ReadonlyMap<string, Declared>;
interface Entry {
  readonly kind: Kind;
  readonly id: string;
  readonly outs: Bag;
  /** Creation failed half-way: the next `up` updates it, whatever its diff says. */
  readonly unfinished?: true;
}
/** The process died: nothing after this reached state. */
export class Crash extends Error {}

export class Engine {
  readonly state = new Map<string, Entry>();
  readonly errors: string[] = [];
  readonly #lives = new Map<Kind, Lifecycle>();

  constructor(
    private readonly platform: () => Platform,
    private readonly journal: Journal,
  ) {}

  /** One of each kind, as in a plugin process; the world starts a new one for each operation. Nobody waits. */
  #life(kind: Kind): Lifecycle {
    const connection = () => ({ platform: this.platform(), problems: [] });
    const made = () => lifecycle(kind, connection, this.journal, () => Promise.resolve());
    return this.#lives.get(kind) ?? this.#lives.set(kind, made()).get(kind)!;
  }

  /** @param forced What is replaced in any case. Answers how many steps changed something or failed. Throws {@link Crash} only. */
  async up(program: Program, forced?: string): Promise<number> {
    let steps = 0;
    const failed = new Set<string>();
    for (const [name, declared] of program) {
      const resolved = this.#resolve(declared.inputs, failed);
      if (resolved === undefined) {
        failed.add(name);
        continue;
      }
      steps += await this.#step(name, () => this.#ensure(name, declared.kind, resolved, name === forced), failed);
    }
    for (const [name, entry] of [...this.state].toReversed())
      if (!program.has(name))
        steps += await this.#step(
          name,
          async () => {
            await this.#life(entry.kind).delete(entry.id, entry.outs, urnOf(name, entry.kind));
            this.state.delete(name);
            return 1;
          },
          failed,
        );
    return steps;
  }

  async refresh(): Promise<void> {
    for (const [name, { kind, id, outs, ...rest }] of this.state)
      await this.#step(
        name,
        async () => {
          const live = await this.#life(kind).read(id, outs);
          if (live) this.state.set(name, { kind, id: live.id, outs: live.outs, ...rest });
          else this.state.delete(name);
          return 0;
        },
        new Set(),
      );
  }

  async #step(name: string, run: () => Promise<number>, failed: Set<string>): Promise<number> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof Crash) throw error;
      this.errors.push((error as Error).message);
      failed.add(name);
      return 1;
    }
  }

  #resolve(inputs: Bag, failed: ReadonlySet<string>): Bag | undefined {
    const refs = Object.values(inputs).filter((v): v is string => typeof v === "string" && v.startsWith("$"));
    if (refs.some((ref) => failed.has(ref.slice(1)) || !this.state.has(ref.slice(1)))) return undefined;
    return Object.fromEntries(
      Object.entries(inputs).map(([k, v]) => [
        k,
        typeof v === "string" && v.startsWith("$") ? this.state.get(v.slice(1))!.id : v,
      ]),
    );
  }

  async #ensure(name: string, kind: Kind, written: Bag, isForced: boolean): Promise<number> {
    const life = this.#life(kind);
    const old = this.state.get(name);
    const owner = urnOf(name, kind);
    const { inputs, failures } = life.check(old && !isForced ? inputsOf(kind, old.outs) : {}, written);
    if (failures.length > 0) throw new Error(failures.map((f) => `${f.property} ${f.reason}`).join("; "));
    if (JSON.stringify(inputs).includes(UNKNOWN)) throw new Error("an unknown value reached up");
    if (!old) return this.#create(name, kind, inputs);
    if (!isForced) {
      const diff = life.diff(old.outs, inputs, { id: old.id, owner, formerly: owner });
      if (!diff.changes && !old.unfinished) return 0;
      if (diff.replaces.length === 0) {
        const { outs } = await life.update(old.id, old.outs, inputs, owner);
        this.state.set(name, { kind, id: old.id, outs });
        return 1;
      }
    }
    // the SDK asks for this order; the engine keeps the old one until the new one is made, and does not delete it twice
    await life.delete(old.id, old.outs, owner);
    this.state.delete(name);
    return this.#create(name, kind, inputs);
  }

  async #create(name: string, kind: Kind, inputs: Bag): Promise<number> {
    try {
      const { id, outs } = await this.#life(kind).create(inputs, urnOf(name, kind));
      this.state.set(name, { kind, id, outs });
      return 1;
    } catch (error) {
      if (error instanceof PartlyDone)
        this.state.set(name, { kind, id: error.id, outs: { ...error.state }, unfinished: true });
      throw error;
    }
  }
}

const urnOf = (name: string, kind: Kind): string =>
  `urn:pulumi:model::model::pulumi-nodejs:dynamic/golive:${kind}::${name}`;

/** What state holds of the inputs. */
export const inputsOf = (kind: Kind, outs: Bag): Bag =>
  Object.fromEntries(
    Object.keys(definitions[kind].inputs).flatMap((n) => (outs[n] === undefined ? [] : [[n, outs[n]]])),
  );
