import type { Bag, Definition, Field } from "../define";
import { Ambiguous, ObjectExists, Refused } from "../errors";
import type { Live, Store } from "../platforms/platform";
import type { Inputs, Kind } from "../resources";
import { asWritten, defaultOf, isPeoples, same } from "./compare";
import type { Journal, Trace } from "./journal";
import type { Once } from "./once";
import type { Owned } from "./owned";
import { isOneProgram, type Owner, spoken } from "./owner";

const attempts = 3;

/** How an object was there already: `ours` was made for this resource, whose state does not have it. */
type Taken = "adopted" | "claimed" | "ours";

/** The object that comes about: whose it is, and under which keys it is noted. */
export interface Subject {
  readonly owner: Owner;
  /** Its natural key in this process. */
  readonly mark: string;
  /** Its keys in the journal: this build's, and that of the program's folder. */
  readonly keys: readonly string[];
}

/** How one object comes about, or comes to be golive's: adopted, claimed, or made exactly once. */
export class Creation {
  constructor(
    private readonly definition: Definition,
    private readonly store: Store<Kind>,
    private readonly journal: Journal,
    private readonly owned: Owned,
    private readonly once: Once,
    private readonly subject: Subject,
  ) {}

  run(inputs: Bag): Promise<Live<Kind>> {
    const comeAbout = async () => {
      const taken = await this.#there(inputs);
      if (!taken) return this.#make(inputs);
      this.once.done(taken.id);
      return taken;
    };
    return this.owned.alone(this.subject.mark, comeAbout, () => this.#refuseTwin("an object of this natural key"));
  }

  /** The object that is there already and may be taken, as it is declared. */
  async #there(inputs: Bag): Promise<Live<Kind> | undefined> {
    const { adopt } = inputs;
    if (typeof adopt === "string")
      return this.#bring(this.#take(await this.#adopted(adopt, inputs)), inputs, "adopted");
    const claimed = await this.store.claim?.(inputs as Inputs<Kind>);
    if (claimed) {
      this.#take(claimed);
      if (adopt !== true) this.#refuseOthers(claimed, this.#trace(claimed));
      return this.#bring(claimed, inputs, adopt === true ? "adopted" : "claimed");
    }
    const found = await this.store.find(inputs as Inputs<Kind>);
    if (found && adopt === true) return this.#bring(this.#take(found), inputs, "adopted");
    if (adopt === true)
      throw new Refused(`there is no such ${this.definition.type} to adopt`, "Remove `adopt` to create it.");
    return found && this.#resume(this.#take(found), inputs, this.#trace(found));
  }

  #trace({ id }: Live<Kind>): Trace | undefined {
    return this.journal.trace(this.subject.keys, id);
  }

  /** One object, one resource: two would undo each other's changes, and deleting one would take the other's object. */
  #take(live: Live<Kind>): Live<Kind> {
    if (this.owned.take(this.subject.owner, [live.id, this.subject.mark])) return live;
    return this.#refuseTwin(live.id);
  }
  #refuseTwin(what: string): never {
    throw new ObjectExists(
      `${what} belongs to another resource of this program already`,
      "Remove one of the two, or give them different natural keys.",
    );
  }

  async #adopted(id: string, inputs: Bag): Promise<Live<Kind>> {
    const live = await this.store.read(id, inputs);
    if (live) return live;
    throw new Refused(
      `there is no ${this.definition.type} ${id} to adopt`,
      "Check its id and the environment and account of the credentials.",
    );
  }

  /** Two stacks are two owners, also of one folder. */
  #refuseOthers({ id }: Live<Kind>, trace: Trace | undefined): void {
    const { owner } = this.subject;
    if (trace?.owner === undefined || owner === undefined || isOneProgram(trace.owner, owner)) return;
    throw new ObjectExists(
      `${id} belongs to ${spoken(trace.owner)}`,
      `To use it here, export its id there and read it with a StackReference. To manage it from here instead, take it out there with \`pulumi state delete\` and add \`adopt: "${id}"\` here.`,
    );
  }

  /**
   * What has the natural key already: the remains of a run that died, an object of this program that has another name now,
   * or somebody else's. Answers nothing where it was ended, to be made anew.
   */
  async #resume(found: Live<Kind>, inputs: Bag, trace: Trace | undefined): Promise<Live<Kind> | undefined> {
    this.#refuseOthers(found, trace);
    const { owner } = this.subject;
    const isSame = trace?.owner !== undefined && trace.owner === owner;
    // without a word of whose it is, only what was made just now is taken for this program's
    if (!trace || (trace.owner === undefined && trace.step === "made" && !trace.isFresh))
      throw new ObjectExists(
        `${found.id} exists already, and this stack did not make it`,
        `To manage it from here, add \`adopt: "${found.id}"\`; to keep both, choose another natural key.`,
      );
    const wasShown = trace.step === "made";
    const isUnread = (found.state as Bag)["secretHeld"] === false;
    if (wasShown && !isSame && trace.owner !== undefined && (isUnread || this.#issues(inputs).length > 0))
      throw new ObjectExists(
        `${found.id} is ${spoken(trace.owner)}, and its secret is not shown again`,
        "To give that resource this name, say its old one in the option `aliases`; to keep both, choose another natural key.",
      );
    const differing = this.#differing(found.state as Bag, inputs, "ours");
    const isReplaced = isSame && trace.isFresh && differing.some(([, field]) => field.replace);
    if (!isUnread && !isReplaced) return this.#bring(found, inputs, "ours");
    if (wasShown && !(isSame && trace.isFresh))
      throw new ObjectExists(
        `${found.id} was made by a run that was shown its secret: ${isSame ? "somebody" : "another stack"} may hold it`,
        `If nobody does, delete ${found.id}, or add \`adopt: "${found.id}"\` and then raise the version for a new secret.`,
      );
    // the program asks for another one by now, or its secret was shown to nobody who is still there
    await this.#end(found);
    return undefined;
  }

  /**
   * Nothing had the natural key a moment ago, so what has it after an unknown outcome is ours. What was made with a secret
   * that nobody was shown is ended, and made anew.
   */
  async #make(inputs: Bag, attempt = 1): Promise<Live<Kind>> {
    const outcome = await this.once.make(
      () => this.store.create(inputs as Inputs<Kind>, this.once),
      () => this.store.find(inputs as Inputs<Kind>),
    );
    if ("sent" in outcome) return outcome.sent;
    const made = this.#take(outcome.found);
    if ((made.state as Bag)["secretHeld"] !== false) {
      const live = await this.#bring(made, inputs, "ours");
      this.once.done(live.id);
      return live;
    }
    await this.#end(made);
    if (attempt < attempts) return this.#make(inputs, attempt + 1);
    throw new Ambiguous(
      `it was made ${attempts} times, its secret came too late each time, and it was ended again`,
      { method: "POST", url: "" },
      "The platform is slow: run the same command again later, or raise the timeout (GOLIVE_TIMEOUT).",
    );
  }

  async #end({ id, state }: Live<Kind>): Promise<void> {
    await this.store.delete(id, state as Bag);
    this.owned.release([id, this.subject.mark]);
    this.once.done();
  }

  /** The fields whose declaration asks for a credential beside the object. */
  #issues(inputs: Bag): string[] {
    return Object.entries(this.definition.inputs).flatMap(([name, field]) =>
      field.rotates && inputs[name] !== undefined && defaultOf(field) === undefined ? [name] : [],
    );
  }

  /** The fields in which an object is not as declared. */
  #differing(told: Bag, inputs: Bag, taken: Taken): [string, Field][] {
    return Object.entries(this.definition.inputs).filter(([name, field]) => {
      if (field.local || field.rotates || inputs[name] === undefined) return false;
      // of what is adopted people keep what is theirs; what was only just made has no edits of theirs yet
      if (taken === "adopted" && isPeoples(this.definition.inputs, inputs, name)) return false;
      return !same(field, asWritten(field, inputs[name], told[name]), inputs[name]);
    });
  }

  /**
   * Brings an object that golive takes over to what is declared. Nothing is rotated, and nothing that is fixed may differ;
   * to an object of ours whose credential reached no state, another is issued.
   */
  async #bring(live: Live<Kind>, inputs: Bag, taken: Taken): Promise<Live<Kind>> {
    const told = live.state as Bag;
    const differing = this.#differing(told, inputs, taken);
    const [stuck] = differing.find(([, field]) => field.replace || field.fixed) ?? [];
    if (stuck)
      throw new Refused(
        `${live.id} cannot be taken over: its ${stuck} is ${JSON.stringify(told[stuck])}, and ${JSON.stringify(inputs[stuck])} is declared`,
        `Declare ${stuck} as it is, or adopt another object.`,
      );
    const fields = new Set([...differing.map(([name]) => name), ...(taken === "ours" ? this.#issues(inputs) : [])]);
    if (fields.size === 0) return live;
    return this.store.update(live.id, { inputs: inputs as Inputs<Kind>, held: told, fields, issuer: this.once });
  }
}
