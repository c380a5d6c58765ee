import { definitions, type Kind } from "@golive/provider";
import type { Definition, Field } from "@golive/provider/define";
import type { Account, Live, Platform } from "@golive/provider/platforms/platform";
import type { Bag } from "./declared";

/** What befalls the next call of a verb, before or after it took effect. */
interface Fault {
  readonly verb: "create" | "read" | "update" | "delete";
  readonly when: "before" | "after";
  readonly error: Error;
}

/**
 * One kind of objects in memory. A fake, on purpose: these tests are about what the lifecycle decides, and need a
 * platform that fails on command at an exact step and counts what reaches it. The adapters themselves are tested over
 * real HTTP against the rehearsal, in the contract suite.
 */
export class MemoryStore {
  readonly objects = new Map<string, Bag>();
  /** What was asked, in order: `find`, `create`, `update name,url`, …. */
  readonly calls: string[] = [];
  readonly faults: Fault[] = [];
  /** Id of the object that the platform made by itself. */
  builtIn: string | undefined;
  /** What delete answers: then the object is reset and kept. */
  keeps: string | undefined;
  /** Given in the answer to create, and never again. */
  once: Bag = {};
  #made = 0;

  constructor(private readonly definition: Definition) {}

  /** Puts an object there that nobody made through golive. */
  seed(id: string, state: Bag): void {
    this.objects.set(id, { ...this.#outputs(id), ...state });
  }
  find = async (inputs: Bag): Promise<Live<Kind> | undefined> => {
    this.calls.push("find");
    const keys = Object.keys(this.definition.inputs).filter((name) => this.definition.inputs[name]!.key);
    const [id] = [...this.objects].find(([, state]) => keys.every((name) => state[name] === inputs[name])) ?? [];
    return id === undefined ? undefined : this.#live(id);
  };
  list = async (scope: Bag = {}): Promise<readonly Live<Kind>[]> => {
    this.calls.push("list");
    const within = Object.entries(scope).filter(([, id]) => id !== undefined);
    return [...this.objects]
      .filter(([, state]) => within.every(([name, id]) => state[name] === id))
      .map(([id]) => this.#live(id));
  };
  claim = async (): Promise<Live<Kind> | undefined> => {
    if (this.builtIn === undefined) return undefined;
    this.calls.push("claim");
    return this.#live(this.builtIn);
  };
  create = async (inputs: Bag): Promise<Live<Kind>> => {
    this.calls.push("create");
    this.#fail("create", "before");
    const id = `${this.definition.type.toLowerCase()}_${++this.#made}`;
    this.objects.set(id, { ...this.#outputs(id), ...this.#carried(inputs) });
    this.#fail("create", "after");
    return this.#live(id, this.once);
  };
  read = async (id: string): Promise<Live<Kind> | undefined> => {
    this.calls.push("read");
    this.#fail("read", "before");
    return this.objects.has(id) ? this.#live(id) : undefined;
  };
  update = async (
    id: string,
    { inputs, fields }: { inputs: Bag; fields: ReadonlySet<string> },
  ): Promise<Live<Kind>> => {
    this.calls.push(`update ${[...fields].join(",")}`);
    this.#fail("update", "before");
    const changed = Object.entries(this.#carried(inputs)).filter(([name]) => fields.has(name));
    this.objects.set(id, { ...this.objects.get(id), ...Object.fromEntries(changed) });
    return this.#live(id);
  };
  delete = async (id: string): Promise<string | void> => {
    this.calls.push("delete");
    this.#fail("delete", "before");
    if (this.keeps === undefined) this.objects.delete(id);
    return this.keeps;
  };

  #live(id: string, more: Bag = {}): Live<Kind> {
    // what is not set is told as null: undefined would mean that the platform does not tell
    const names = Object.keys(this.definition.inputs).filter((name) => !this.#rule(name).local);
    const unset = Object.fromEntries(names.map((name) => [name, null]));
    return { id, state: { ...unset, ...this.objects.get(id), ...more } };
  }
  #carried(inputs: Bag): Bag {
    const isCarried = ([name, value]: [string, unknown]) => !this.#rule(name).local && value !== undefined;
    return Object.fromEntries(Object.entries(inputs).filter(isCarried));
  }
  #rule(name: string): Partial<Field> {
    return this.definition.inputs[name] ?? {};
  }
  #outputs(id: string): Bag {
    const ids = Object.keys(this.definition.outputs).filter((name) => this.definition.outputs[name]!.id);
    return Object.fromEntries(ids.map((name) => [name, id]));
  }
  #fail(verb: Fault["verb"], when: Fault["when"]): void {
    const next = this.faults.findIndex((fault) => fault.verb === verb && fault.when === when);
    if (next >= 0) throw this.faults.splice(next, 1)[0]!.error;
  }
}

/** A platform of such stores, for every kind. */
export class MemoryPlatform implements Platform {
  readonly name = "memory";
  readonly stores: Platform["stores"];
  readonly memory: Readonly<Record<Kind, MemoryStore>>;
  refused: { property: string; reason: string }[] = [];
  warned: { property: string; reason: string }[] = [];
  who: Account = { id: "account_1", name: "Shop Ltd" };
  accountCalls = 0;

  constructor() {
    const stores = Object.entries(definitions).map(([kind, definition]) => [kind, new MemoryStore(definition)]);
    this.memory = Object.fromEntries(stores) as Record<Kind, MemoryStore>;
    this.stores = this.memory as Platform["stores"];
  }
  refusals = () => this.refused;
  warnings = () => this.warned;
  account = async () => {
    this.accountCalls++;
    return this.who;
  };
}
