import { type Bag, type Failure, isUnknown } from "../define";
import { Refused } from "../errors";
import { type Confined, isProvenByKey } from "../platforms/platform";
import type { Kind } from "../resources";
import type { Journal } from "./journal";

/** What says whose environment a key is of; what a program declares is believed as long as nothing else does. */
type Source = "setting" | "proof" | "state" | "journal" | "program";
interface Known {
  readonly environment: string;
  readonly source: Source;
}
/** An object that state has of an environment by another key, and how to ask for it with this one. */
interface Witness {
  readonly id: string;
  readonly asked?: () => Promise<boolean>;
}

/** How a message says where it is known from. */
const words: Readonly<Record<Source, string>> = {
  setting: "another provider of this program says so",
  proof: "it finds what state has of it",
  state: "state has what it made there",
  journal: "it has been used for it on this computer",
  program: "another resource of this program declares it",
};
const step =
  "give the key of this environment, each environment a `golive.Provider({ apiKey, environment })` of its own; " +
  "if the key is this environment's, say so with `golive:environment` (GOLIVE_ENVIRONMENT)";

const environmentIn = ({ environment }: Bag): string | undefined =>
  typeof environment === "string" && !isUnknown(environment) ? environment : undefined;

/**
 * Which environment each key is of. A key does not tell, and with another one a write would come to pass in another
 * environment than state says. Of a process: one key has one environment, whichever kind is managed with it.
 */
export class KeyEnvironments {
  readonly #known = new Map<string, Known>();
  readonly #witnesses = new Map<string, Witness[]>();

  /** Why this key cannot be the one of what is declared, if so. */
  faults(confined: Confined | undefined, journal: Journal, values: Bag): Failure[] {
    const declared = environmentIn(values);
    if (!confined || declared === undefined) return [];
    const known = this.#of(confined, journal);
    if (known?.environment === declared) return [];
    if (!known) this.#known.set(confined.account, { environment: declared, source: "program" });
    return known ? [{ property: "environment", reason: this.#reason(confined, declared, known) }] : [];
  }

  /** Notes what state has of a resource: its environment, and by which key. */
  meet(
    confined: Confined | undefined,
    journal: Journal,
    { kind, id, held }: { readonly kind: Kind; readonly id: string; readonly held: Bag },
    find: () => Promise<unknown>,
  ): void {
    const there = environmentIn(held);
    const { account } = held;
    if (!confined || there === undefined || typeof account !== "string") return;
    if (account !== confined.account) {
      if (!isProvenByKey(account)) return;
      const asked = async () => (await find()) !== undefined;
      const place = `${confined.account} ${there}`;
      const before = this.#witnesses.get(place) ?? [];
      if (before.some((one) => one.id === id)) return;
      this.#witnesses.set(place, [...before, { id, ...(confined.proves(kind, id) && { asked }) }]);
      return;
    }
    const known = this.#of(confined, journal);
    if (known?.source === "program" && known.environment !== there)
      throw new Refused(
        `its environment ${this.#reason(confined, known.environment, { environment: there, source: "state" })}`,
      );
    if (!known || known.source === "program") this.#known.set(account, { environment: there, source: "state" });
  }

  /**
   * Stops before anything is asked or written in an environment that the key is not proven to be of.
   * @param made The account that state names, of an object that is there. @param proves Asking for it by its id is proof.
   */
  async guard(
    confined: Confined | undefined,
    journal: Journal,
    values: Bag,
    made?: unknown,
    proves = false,
  ): Promise<void> {
    const environment = environmentIn(values);
    if (!confined || environment === undefined) return;
    if (made === confined.account) {
      // what this key made, it reaches, whatever state calls the place
      if (!this.#of(confined, journal)) this.#known.set(confined.account, { environment, source: "state" });
      return;
    }
    const [fault] = this.faults(confined, journal, values);
    if (fault) throw new Refused(`its environment ${fault.reason}`);
    if (this.#of(confined, journal)?.source !== "program" || proves) return;
    const others = this.#witnesses.get(`${confined.account} ${environment}`) ?? [];
    const isAnothers = typeof made === "string" && isProvenByKey(made) && made !== confined.account;
    if (others.length === 0 && !isAnothers) return;
    for (const { asked } of others) {
      if (!(await asked?.())) continue;
      this.prove(confined, journal, environment);
      return;
    }
    throw new Refused(
      `state has environment ${environment} by another key, and nothing shows that the key from ${confined.origin} is of it`,
      "Give the key of this environment; if it is, say so with `golive:environment` (GOLIVE_ENVIRONMENT) beside the key.",
    );
  }

  /** Notes that the key was seen at work in this environment, for the processes after this one. */
  used(confined: Confined | undefined, journal: Journal, values: Bag): void {
    const environment = environmentIn(values);
    if (confined && environment !== undefined) journal.remember(confined.account, environment);
  }

  /** Notes that the key found what state has of this environment. */
  prove(confined: Confined | undefined, journal: Journal, environment: unknown): void {
    if (!confined || typeof environment !== "string") return;
    if (this.#of(confined, journal)?.source !== "setting")
      this.#known.set(confined.account, { environment, source: "proof" });
    journal.remember(confined.account, environment);
  }

  #of({ account, environment: said }: Confined, journal: Journal): Known | undefined {
    const known = this.#known.get(account);
    // a person's word, but only one: a key has one environment
    if (said && known?.source !== "setting") this.#known.set(account, { environment: said.value, source: "setting" });
    else if (said && known?.environment !== said.value) return { environment: known!.environment, source: "setting" };
    else if (!known) {
      const seen = journal.remembered(account);
      if (seen !== undefined) this.#known.set(account, { environment: seen, source: "journal" });
    }
    return this.#known.get(account);
  }

  #reason({ origin, environment: said }: Confined, declared: string, { environment, source }: Known): string {
    const from = source === "setting" && said?.value === environment ? `${said.origin} says so` : words[source];
    return `is ${declared}, and the key from ${origin} is that of ${environment} (${from}): ${step}`;
  }
}
/** Those of this process, whose kinds share their keys. */
export const keyEnvironments = new KeyEnvironments();
