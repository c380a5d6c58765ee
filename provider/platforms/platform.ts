import type { Bag, Failure } from "../define";
import type { Inputs, Kind, StateOf } from "../resources";

/**
 * One object as the platform has it, in golive's words. A field that is absent is one the platform does not tell;
 * `null` is one that is not set there.
 */
export interface Live<K extends Kind> {
  /** Suffices to read the object again. Never changes. */
  readonly id: string;
  readonly state: Told<StateOf<K>>;
}
export type Told<S> = { readonly [F in keyof S]?: S[F] | null | undefined };
/** What state holds of a resource: the declared inputs and the outputs. May come from an older version. */
export type Held<K extends Kind> = Partial<StateOf<K>>;

export interface Change<K extends Kind> {
  readonly inputs: Inputs<K>;
  readonly held: Held<K>;
  /** The inputs whose value changes; never a `local` one unless it `rotates`. */
  readonly fields: ReadonlySet<string>;
}

/** One kind of resource on one platform. Reports failures as the named errors of errors.ts. */
export interface Store<K extends Kind> {
  /** The object with this natural key, if there is one. */
  find(inputs: Inputs<K>): Promise<Live<K> | undefined>;
  /** The object that the platform made by itself and that these inputs mean, if there is one. */
  claim?(inputs: Inputs<K>): Promise<Live<K> | undefined>;
  create(inputs: Inputs<K>): Promise<Live<K>>;
  /** `undefined` means gone: the platform said so of this very object. `held` is empty on import. */
  read(id: string, held: Held<K>): Promise<Live<K> | undefined>;
  update(id: string, change: Change<K>): Promise<Live<K>>;
  /** Deleting what is gone succeeds. Answers a sentence when the object was reset and kept instead. */
  delete(id: string, held: Held<K>): Promise<string | void>;
  /** Every object of this kind that the credentials reach in a project or environment; all of them without a scope. */
  list?(scope: { readonly project?: string; readonly environment?: string }): Promise<readonly Live<K>[]>;
}

export interface Account {
  /** The account's id, or `key:` and a fingerprint where only an environment's key is known. */
  readonly id: string;
  readonly name: string;
}

/** A management API with the credentials to call it. */
export interface Platform {
  readonly name: string;
  readonly stores: { readonly [K in Kind]?: Store<K> };
  /** What of these inputs the platform or the credentials cannot do. Without I/O: `check` calls it at every preview. */
  refusals(kind: Kind, inputs: Bag): readonly Failure[];
  /** Whose objects these credentials reach. Asked once per process. */
  account(): Promise<Account>;
}

/** A platform to talk to, or why there is none. */
export interface Connection {
  readonly platform?: Platform;
  readonly problems: readonly Failure[];
}
