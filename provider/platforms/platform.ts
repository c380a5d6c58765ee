import { createHash } from "node:crypto";
import type { EnvironmentFacts, Facts, Item } from "../checklist";
import type { Bag, Failure, Field } from "../define";
import type { Http, Request } from "../http";
import type { Limit } from "../http/limiter";
import type { Credential } from "../http/secret";
import type { Inputs, Kind, StateOf } from "../resources";
import type { Section } from "../stage";

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

/** A write that issues a credential, of which each try leaves another. */
export interface Single<T> {
  /** How the journal and messages call it. */
  readonly name: string;
  /** Ids of those that there are now: what a lost answer issued is new among them. */
  there(): Promise<readonly string[]>;
  send(): Promise<T>;
  /** Ends one that was shown to nobody. */
  end(id: string): Promise<void>;
}
/** Sends such a write so that nothing lives that nobody knows: the lifecycle's, with its journal. */
export interface Issuer {
  issue<T>(single: Single<T>): Promise<T>;
}
/**
 * A value as a change carries it. A field that leaves the program has what a new object would: its `fresh`, which every
 * list, switch and choice says, or else `null`. An object has it part by part: what was never declared of it stays.
 */
export type Changed<V> = [V] extends [readonly unknown[] | boolean]
  ? V
  : string extends V
    ? V | null
    : [V] extends [string]
      ? V
      : V extends object
        ? { readonly [P in keyof V]: V[P] | null }
        : V | null;
/** The declared inputs, and those that leave the program as they are cleared. */
export type ChangedInputs<K extends Kind> = {
  readonly [F in keyof Inputs<K>]: undefined extends Inputs<K>[F]
    ? Changed<NonNullable<Inputs<K>[F]>> | undefined
    : Inputs<K>[F];
};

export interface Change<K extends Kind> {
  readonly inputs: ChangedInputs<K>;
  readonly held: Held<K>;
  /** The inputs whose value changes; never a `local` one unless it `rotates`. */
  readonly fields: ReadonlySet<string>;
  readonly issuer?: Issuer;
}

/** One kind of resource on one platform. Reports failures as the named errors of errors.ts. */
export interface Store<K extends Kind> {
  /** The object with this natural key, if there is one. */
  find(inputs: Inputs<K>): Promise<Live<K> | undefined>;
  /** The object that the platform made by itself and that these inputs mean, if there is one. */
  claim?(inputs: Inputs<K>): Promise<Live<K> | undefined>;
  create(inputs: Inputs<K>, issuer?: Issuer): Promise<Live<K>>;
  /** `undefined` means gone: the platform said so of this very object. `held` is empty on import. */
  read(id: string, held: Held<K>): Promise<Live<K> | undefined>;
  update(id: string, change: Change<K>): Promise<Live<K>>;
  /** Deleting what is gone succeeds. Answers a sentence when the object was reset and kept instead. */
  delete(id: string, held: Held<K>): Promise<string | void>;
  /** Every object of this kind that the credentials reach in a project or environment; all of them without a scope. */
  list?(scope: { readonly project?: string; readonly environment?: string }): Promise<readonly Live<K>[]>;
}

/** Whose objects the credentials reach. */
export interface Account {
  /** What state records: the account's id; of several accounts, their ids with commas between; of a key, its fingerprint. */
  readonly id: string;
  readonly name: string;
  /** Known by a key alone, which does not tell its account: two keys of one account look like two accounts. */
  readonly proof?: "key";
}
/** What the fingerprint of a key begins with, where state names an account. */
const byKey = "key:";
/** The account of a key that does not tell it. */
export const accountOfKey = ({ secret, origin }: Credential): Account => {
  const fingerprint = createHash("sha256").update(secret.reveal()).digest("hex").slice(0, 12);
  return { id: `${byKey}${fingerprint}`, name: `the environment of the key from ${origin}`, proof: "key" };
};
/** Whether state knows an account by a key alone. */
export const isProvenByKey = (account: string): boolean => account.startsWith(byKey);
/** The account of credentials that reach these: what state records is the same in whichever order they come. */
export const accountOfAll = (accounts: readonly Account[]): Account => ({
  id: accounts
    .map(({ id }) => id)
    .toSorted()
    .join(","),
  name: accounts.map(({ name }) => name).join(", "),
});
/** The ids of the accounts that one stands for. */
export const idsOf = (account: string): readonly string[] => account.split(",");

/** A key that reaches one environment, where no request tells which. */
export interface Confined {
  /** What state records as the account of what the key makes. */
  readonly account: string;
  /** Where the key is from. */
  readonly origin: string;
  /** The environment that the settings say it is of. */
  readonly environment?: Setting | undefined;
  /** Whether finding this object by its id proves whose environment the key is of: no other has one of that id. */
  proves(kind: Kind, id: string): boolean;
}

/** A management API with the credentials to call it. */
export interface Platform {
  /** As messages call it. */
  readonly name: string;
  /** A kind that is not there is refused by name. */
  readonly stores: { readonly [K in Kind]?: Store<K> };
  /**
   * What of these inputs the platform or the credentials cannot do. Without I/O: `check` calls it at every preview.
   * @param olds The inputs before, of an object that is changed in place
   */
  refusals(kind: Kind, inputs: Bag, olds?: Bag): readonly Failure[];
  /** What of these inputs is probably a mistake, and no reason to stop. Without I/O, too. */
  warnings?(kind: Kind, inputs: Bag): readonly Failure[];
  /** Names of the events that an endpoint may ask for, as far as golive knows them. Absent where there is no catalogue. */
  readonly eventTypes?: readonly string[];
  /** Whose objects these credentials reach. Asked once per process. */
  account(): Promise<Account>;
  /** Of credentials that are one such key and nothing else. */
  readonly confined?: Confined;
  /** What the checklist wants to know and no resource holds. A fact that the credentials do not reach is absent. */
  readonly facts?: {
    account(): Promise<Partial<Facts>>;
    environment(id: string): Promise<Partial<EnvironmentFacts>>;
  };
}

/** A platform to talk to, or why there is none. */
export interface Connection {
  readonly platform?: Platform;
  /** Nothing may be sent: the setting that says so. */
  readonly offline?: string;
  /** Of the platform that is meant: they hold without credentials, too. */
  readonly rules?: Rules;
  readonly unused?: Unused | undefined;
  readonly problems: readonly Failure[];
  /** A setting is not known before `up`: where it points cannot be said, and is no problem of the preview. */
  readonly isOpen?: boolean;
}

/** A setting as it was found. */
export interface Setting {
  readonly value: string;
  /** Where, for messages. */
  readonly origin: string;
}

/** Where to talk to a platform, and as whom. `C` names its credentials. */
export interface Config<C extends string = string> {
  /** Name of the module. */
  readonly platform: string;
  /** URL of the management API, without a slash at its end. */
  readonly endpoint: string;
  /** Whether that is a rehearsal, which offers more than the platform itself does. */
  readonly rehearsal: boolean;
  readonly credentials: { readonly [N in C]?: Credential };
  /** The environment of the credential that is `keyed`, as the settings say it. */
  readonly environment?: Setting | undefined;
  /** Tries after the first. */
  readonly retries: number;
  /** Seconds for one try. */
  readonly timeout: number;
  /** Nothing may be sent: the setting that says so. There are no credentials then. */
  readonly offline?: string;
}

/** What is said of a credential. */
export interface CredentialWords {
  /** What it is and how to give it, with the variable and the config key. */
  readonly give: string;
  /** Variables of the platform's own tools. They are read after golive's, and at the platform's own hosts alone. */
  readonly aliases?: readonly string[];
  /** The credential without which those variables mean something else, and are left alone. */
  readonly aliasesBeside?: string;
  /** How long it lives and what to do when it is refused, a sentence. */
  readonly refused?: string;
  /** What it may mean that it may not do something, and the next step. */
  readonly forbidden?: string;
}

/** How one gets in. */
export interface Access<C extends string = string> {
  /** Settings of the provider that hold its credentials; the comment over each is its documentation. */
  readonly settings: { readonly [N in C]: Field };
  readonly credentials: { readonly [N in C]: CredentialWords };
  /** The credential that is of one environment, where no request tells which: the setting `environment` may. */
  readonly keyed?: C;
  /** Its own management APIs. The first is the default. */
  readonly hosts: readonly [string, ...string[]];
  /** The credential that a token command gives, where one may. */
  readonly commanded?: C;
  /** What is said of its address, where people host it themselves. */
  readonly endpoint?: {
    /** Variables of the platform's own tools. They are read after golive's; what one names is the platform's own host. */
    readonly aliases: readonly string[];
    /** Why this is no management API, if so. */
    fault?(endpoint: string): string | undefined;
  };
  /**
   * The login of the platform's own tool on this computer, where it is to be used beside what is given. It is asked at the
   * platform's own hosts alone, and read when it is needed. Never throws.
   */
  login?(
    env: NodeJS.ProcessEnv,
    isGiven: (setting: C) => boolean,
  ): { readonly setting: C; readonly credential: Credential } | undefined;
}

export type Verb = "create" | "read" | "update" | "delete" | "move" | "rename" | "rotate";
/** What it takes to manage a kind, or a part of it. */
export interface Capability<C extends string = string> {
  /** What of the kind this is about, where that is not all of it, e.g. `the default Application`. */
  readonly subject?: string;
  /** Inputs by which it is that, with their values. The first of a kind's capabilities that fits counts. */
  readonly when?: Readonly<Record<string, readonly unknown[]>>;
  /** Any one of these combinations of credentials manages it. `rehearsal` is had at a rehearsal alone. */
  readonly ways: readonly (readonly (C | "rehearsal")[])[];
  /** Said beside what is missing, by the credential that is there. */
  readonly hints?: { readonly [N in C]?: string };
  /** Verbs that the API has not: the step by hand. */
  readonly byHand?: { readonly [V in Verb]?: string };
}
/** Of each kind what it takes, or a sentence that says why the platform has none. */
export type Capabilities<C extends string = string> = {
  readonly [K in Kind]: readonly Capability<C>[] | string;
};

/** The platform's own rules of fields, by kind: a field's shape is the definition's. They let unknown values pass. */
export type Rules = { readonly [K in Kind]?: (inputs: Partial<Inputs<K>>) => readonly Failure[] };

/** What golive takes for granted of a platform, and no public source says for sure. */
export interface Assumption<C extends string = string> {
  readonly id: string;
  /** A sentence. */
  readonly assumed: string;
  /** What golive does where it is wrong, a sentence. */
  readonly otherwise: string;
  /** Credentials with which reading can show it. None where only a write would. */
  readonly seenWith: readonly C[];
}
/** What reading showed of an assumption, and where. */
export interface Finding {
  readonly verdict: "confirmed" | "refuted" | "not seen";
  readonly why: string;
}
/** A platform's assumptions, and how to hold them against a real account without changing anything there. */
export interface Contract<C extends string = string> {
  readonly assumptions: readonly Assumption<C>[];
  /** Whether a request changes nothing. No other is sent. */
  isRead(request: Request): boolean;
  /** Looks at what is there: answers what it shows of the assumption of an id. */
  look(config: Config<C>, http: Http): (id: string) => Promise<Finding>;
}
/** Inputs that the SDK fills in and the platform has no use for, by kind: they are left out of what is checked and kept. */
export type Unused = { readonly [K in Kind]?: readonly (keyof Inputs<K> & string)[] };

/** All that shared code knows of a platform. It holds no connection: reading it loads no HTTP client. */
export interface PlatformModule<C extends string = string> {
  /** Its name in config. */
  readonly name: string;
  /** As people call it. */
  readonly title: string;
  readonly access: Access<C>;
  /** What one credential may send, by every limit that holds. */
  readonly limits: Limit | readonly Limit[];
  readonly capabilities: Capabilities<C>;
  readonly rules: Rules;
  readonly unused?: Unused;
  /** What the config of a stage may hold. */
  readonly sections: readonly Section[];
  /** Steps to production, in the order in which they are taken. */
  readonly checklist: readonly Item[];
  /** What is assumed of it. */
  readonly contract?: Contract<C>;
  /** Why a value of staging makes no sense in production, whatever its field. */
  stagingOnly?(value: string): string | undefined;
  connect(config: Config<C>, http: Http): Platform;
}
