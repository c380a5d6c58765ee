// A rehearsal, a program in it, and everything that can go wrong, as steps that fast-check orders.
import type { Bag } from "@golive/provider/define";
import { resolveConfig } from "@golive/provider/config";
import { Journal } from "@golive/provider/lifecycle/journal";
import { platformOf } from "@golive/provider/platforms/connect";
import type { Platform, Store } from "@golive/provider/platforms/platform";
import type { Kind } from "@golive/provider";
import type { Fault, Rehearsal } from "@golive/rehearsal";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { dashboard } from "../engine/rehearsal";
import { Crash, type Declared, Engine } from "./engine";
import { live } from "./live";

/** What one step does to the world. */
export type Step =
  | { readonly do: "declare"; readonly name: string; readonly inputs: Bag }
  | { readonly do: "drop"; readonly name: string }
  /** The same object under another name. */
  | { readonly do: "rename"; readonly name: string }
  /** The next version of its credentials: they can only be raised. */
  | { readonly do: "raise"; readonly name: string }
  /** Forced, by `pulumi up --replace`. */
  | { readonly do: "replace"; readonly name: string }
  | { readonly do: "up" }
  | { readonly do: "refresh" }
  /** The process dies before or after the platform's n-th write of the `up`. */
  | { readonly do: "crash"; readonly at: number; readonly when: "before" | "after" }
  | { readonly do: "fault"; readonly fault: Fault }
  | { readonly do: "edit"; readonly name: string }
  | { readonly do: "delete"; readonly name: string };

const always: readonly (readonly [string, Declared])[] = [
  ["project", { kind: "Project", inputs: { name: "Model" } }],
  ["environment", { kind: "Environment", inputs: { project: "$project", name: "QA", type: "staging" } }],
  // where a key's value is shown once
  [
    "production",
    {
      kind: "Environment",
      inputs: { project: "$project", name: "EU", type: "production", deletionProtection: false },
    },
  ],
];
/** Everything a program may declare, in the order of its dependencies. */
export const candidates: Readonly<Record<string, Kind>> = {
  app1: "Application",
  app2: "Application",
  flag1: "FeatureFlag",
  flag2: "FeatureFlag",
  rule1: "FeatureFlagRule",
  hook1: "WebhookEndpoint",
  hook2: "WebhookEndpoint",
  key1: "ApiKey",
  key2: "ApiKey",
};
const fixed: Readonly<Record<string, Bag>> = {
  app1: { environment: "$environment", name: "app1" },
  app2: { environment: "$environment", name: "app2" },
  flag1: { project: "$project", slug: "flag1" },
  flag2: { project: "$project", slug: "flag2" },
  rule1: { flag: "$flag1", environment: "$environment" },
  hook1: { environment: "$environment", url: "https://one.example.com/hook" },
  hook2: { environment: "$environment", url: "https://two.example.com/hook" },
  key1: { environment: "$environment", name: "key1" },
  key2: { environment: "$production", name: "key2" },
};

/** A dead process writes nothing down: whatever still unwinds in this one must not either. */
class MortalJournal extends Journal {
  #isDead = false;
  die(): void {
    this.#isDead = true;
  }
  override begin(...entry: Parameters<Journal["begin"]>): void {
    if (!this.#isDead) super.begin(...entry);
  }
  override end(...entry: Parameters<Journal["end"]>): void {
    if (!this.#isDead) super.end(...entry);
  }
}

export class World {
  #journal!: MortalJournal;
  readonly journals = mkdtempSync(path.join(os.tmpdir(), "golive-journal-"));
  readonly program = new Map<string, Declared>(always);
  readonly #versions = new Map<string, number>();
  readonly #renamed = new Set<string>();
  /** Had credentials once: check refuses to drop them, since the API revokes no client secret. */
  readonly #secretive = new Set<string>();
  /** Declared when a process died: what of it that one made, only the next `up` finds, by its declaration. */
  readonly #pending = new Set<string>();
  #writesLeft = Infinity;
  #dieWhen: "before" | "after" = "before";
  #engine!: Engine;

  private constructor(readonly rehearsal: Rehearsal) {
    this.#restart();
  }
  static async create(rehearsal: Rehearsal): Promise<World> {
    rehearsal.reset();
    await dashboard(rehearsal).query("mutation { setUpBilling { __typename } }");
    return new World(rehearsal);
  }
  get engine(): Engine {
    return this.#engine;
  }
  dispose(): void {
    rmSync(this.journals, { recursive: true, force: true });
  }

  /** A new plugin process over the state that the last one left. */
  #restart(): void {
    const { url, token } = this.rehearsal;
    const env = { GOLIVE_PLATFORM: "rehearsal", GOLIVE_ENDPOINT: url, GOLIVE_TOKEN: token, GOLIVE_RETRIES: "1" };
    const resolved = resolveConfig(() => undefined, env);
    if ("problems" in resolved) throw new Error(JSON.stringify(resolved.problems));
    const platform = this.#mortal(platformOf(resolved.config));
    const old = this.#engine as Engine | undefined;
    this.#journal = new MortalJournal(this.journals);
    this.#engine = new Engine(() => platform, this.#journal);
    for (const [name, entry] of old?.state ?? []) this.#engine.state.set(name, entry);
    this.#engine.errors.push(...(old?.errors ?? []));
  }

  /** The platform, whose process dies at the write that a crash step named. */
  #mortal(platform: Platform): Platform {
    const write = async <T>(run: () => Promise<T>): Promise<T> => {
      this.#writesLeft -= 1;
      const die = (when: string): never => {
        this.#journal.die();
        throw new Crash(when);
      };
      if (this.#writesLeft === 0 && this.#dieWhen === "before") die("before the write");
      const result = await run();
      return this.#writesLeft === 0 ? die("after the write") : result;
    };
    const stores = Object.entries(platform.stores).map(([kind, store]) => {
      const s = store as Store<Kind>;
      const mortal: Store<Kind> = {
        ...s,
        create: (inputs, issuer) => write(() => s.create(inputs, issuer)),
        update: (id, change) => write(() => s.update(id, change)),
        delete: (id, held) => write(() => s.delete(id, held)),
      };
      return [kind, mortal];
    });
    return { ...platform, refusals: platform.refusals, account: platform.account, stores: Object.fromEntries(stores) };
  }

  async run(step: Step): Promise<void> {
    switch (step.do) {
      case "declare": {
        const inputs = this.#versioned(step.name, { ...fixed[step.name], ...step.inputs });
        // in the order of the candidates, so that what is referred to comes first
        const declared = new Map(this.program).set(this.#called(step.name), { kind: candidates[step.name]!, inputs });
        const order = [...always.map(([name]) => name), ...Object.keys(candidates).map((name) => this.#called(name))];
        this.program.clear();
        for (const name of order) if (declared.has(name)) this.program.set(name, declared.get(name)!);
        return this.#compile();
      }
      case "drop":
        if (this.#pending.has(this.#called(step.name)) && !this.engine.state.has(this.#called(step.name))) return;
        this.program.delete(this.#called(step.name));
        return this.#compile();
      case "rename": {
        const old = this.#called(step.name);
        const declared = this.program.get(old);
        this.program.delete(old);
        if (!this.#renamed.delete(step.name)) this.#renamed.add(step.name);
        if (this.#pending.has(old)) this.#pending.add(this.#called(step.name));
        if (declared) this.program.set(this.#called(step.name), declared);
        return;
      }
      case "raise": {
        this.#versions.set(step.name, (this.#versions.get(step.name) ?? 1) + 1);
        const known = this.program.get(step.name);
        if (known) this.program.set(step.name, { ...known, inputs: this.#versioned(step.name, known.inputs) });
        return;
      }
      case "replace":
        this.#restart();
        return void (await this.engine.up(this.program, this.#called(step.name)));
      case "up":
        return void (await this.up());
      case "refresh":
        this.#restart();
        return this.engine.refresh();
      case "crash":
        return this.#crash(step.at, step.when);
      case "fault":
        this.rehearsal.faults.add(step.fault);
        return;
      case "edit":
      case "delete":
        return this.#byHand(step.do, step.name);
    }
  }

  /** A deploy, by a process of its own. Answers how many steps changed something or failed. */
  async up(): Promise<number> {
    this.#restart();
    return this.engine.up(this.program);
  }

  #called(name: string): string {
    return this.#renamed.has(name) ? `${name} renamed` : name;
  }

  #versioned(name: string, inputs: Bag): Bag {
    const version = this.#versions.get(name) ?? 1;
    if (candidates[name] === "ApiKey") return { ...inputs, version };
    if (inputs["credentials"]) this.#secretive.add(name);
    return this.#secretive.has(name) ? { ...inputs, credentials: { version } } : inputs;
  }

  /** A rule without its flag would be no program. */
  #compile(): void {
    if (!this.program.has("flag1")) this.program.delete("rule1");
  }

  async #crash(at: number, when: "before" | "after"): Promise<void> {
    this.#writesLeft = at;
    this.#dieWhen = when;
    await this.up().catch((error: unknown) => {
      if (!(error instanceof Crash)) throw error;
    });
    this.#writesLeft = Infinity;
    for (const name of this.program.keys()) this.#pending.add(name);
  }

  /** Somebody at the dashboard, who sees no faults. */
  async #byHand(what: "edit" | "delete", name: string): Promise<void> {
    const entry = this.engine.state.get(this.#called(name));
    if (!entry) return;
    const faults = [...this.rehearsal.faults.list];
    this.rehearsal.faults.clear();
    const { id, outs } = entry;
    // a flag is its project's, and seen from any environment of it
    const place = outs["environment"] ?? this.engine.state.get("project")?.outs["stagingEnvironmentId"];
    const ask = dashboard(this.rehearsal, place as string | undefined);
    const hands: Readonly<Record<string, readonly [edit: [string, Bag], remove: [string, Bag]]>> = {
      Application: [
        ["updateUserlandApplication", { applicationId: id, appHomepageUrl: "https://by-hand.example.com" }],
        ["deleteUserlandApplication", { applicationId: id }],
      ],
      FeatureFlag: [
        ["updateFlag", { flagId: id, name: "By hand" }],
        ["deleteFlag", { flagId: id, projectId: outs["project"] }],
      ],
      WebhookEndpoint: [
        ["updateWebhookEndpoint", { webhookEndpointId: id, events: ["user.deleted"] }],
        ["deleteWebhookEndpoint", { id }],
      ],
      ApiKey: [
        ["expireKey", { keyId: outs["keyId"] }],
        ["expireKey", { keyId: outs["keyId"] }],
      ],
    };
    const hand = hands[entry.kind];
    // what is gone already is nothing to edit
    if (hand) await ask(...hand[what === "edit" ? 0 : 1]).catch(() => undefined);
    for (const fault of faults) this.rehearsal.faults.add(fault);
  }

  /** The faults end; somebody refreshes and deploys until nothing is left to do. */
  async settle(): Promise<void> {
    this.rehearsal.faults.clear();
    for (let i = 0; i < 2; i++) {
      await this.run({ do: "refresh" });
      await this.up();
    }
  }

  /** Every object in the managed project that somebody made, as `kind id`. */
  live(): Promise<string[]> {
    return live(this.rehearsal);
  }

  /** What state says there is, in the same words. */
  known(): string[] {
    return [...this.engine.state.values()]
      .filter(({ kind }) => kind !== "FeatureFlagRule")
      .map(({ kind, id, outs }) => `${kind} ${kind === "ApiKey" ? String(outs["keyId"]) : id}`)
      .toSorted();
  }
}
