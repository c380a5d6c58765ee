import type { Bag, Definition } from "../define";
import { Ambiguous, ObjectExists, PartlyDone, Refused } from "../errors";
import type { Live, Store } from "../platforms/platform";
import type { Inputs, Kind } from "../resources";
import { asWritten, isPeoples, same } from "./compare";
import type { Journal, Trace } from "./journal";
import type { Owned } from "./owned";

const attempts = 3;

/** How one object comes about, or comes to be golive's: adopted, claimed, or made exactly once. */
export class Creation {
  constructor(
    private readonly definition: Definition,
    private readonly store: Store<Kind>,
    private readonly journal: Journal,
    private readonly owned: Owned,
    private readonly key: string,
  ) {}

  async run(inputs: Bag): Promise<Live<Kind>> {
    const { adopt } = inputs;
    if (typeof adopt === "string") return this.#bring(this.#take(await this.#adopted(adopt, inputs)), inputs, true);
    const claimed = await this.store.claim?.(inputs as Inputs<Kind>);
    if (claimed) return this.#bring(this.#take(claimed), inputs, adopt === true);
    const found = await this.store.find(inputs as Inputs<Kind>);
    if (found && adopt === true) return this.#bring(this.#take(found), inputs, true);
    if (adopt === true)
      throw new Refused(`there is no such ${this.definition.type} to adopt`, "Remove `adopt` to create it.");
    if (!found) return this.#makeOnce(inputs);
    return this.#resume(this.#take(found), inputs, this.journal.trace(this.key, found.id));
  }

  /** One object, one resource: two would undo each other's changes, and deleting one would take the other's object. */
  #take(live: Live<Kind>): Live<Kind> {
    if (this.owned.take(live.id, this.key)) return live;
    throw new ObjectExists(
      `${live.id} belongs to another resource of this program already`,
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

  /** What has the natural key already: the remains of a run that died, or somebody else's. */
  async #resume(found: Live<Kind>, inputs: Bag, trace: Trace | undefined): Promise<Live<Kind>> {
    if (!trace)
      throw new ObjectExists(
        `${found.id} exists already, and this stack did not make it`,
        `To manage it from here, add \`adopt: "${found.id}"\`; to keep both, choose another natural key.`,
      );
    const hasSecret = (found.state as Bag)["secretHeld"] === false;
    if (hasSecret && trace === "made")
      throw new ObjectExists(
        `${found.id} was made less than an hour ago, by a run that was shown its secret: another stack may hold it`,
        `If none does, delete ${found.id}, or add \`adopt: "${found.id}"\` and then raise the version for a new secret.`,
      );
    if (!hasSecret) {
      const live = await this.#bring(found, inputs, false);
      this.journal.end(this.key, live.id);
      return live;
    }
    // its secret was shown to nobody who is still there, so nobody misses the object
    await this.store.delete(found.id, found.state as Bag);
    return this.#makeOnce(inputs);
  }

  /**
   * No platform promises idempotency. After an unknown outcome the object is looked up: nothing had its natural key a
   * moment ago, so what has it now is ours. Where nothing has it, the write did not happen and is made once more.
   */
  async #makeOnce(inputs: Bag): Promise<Live<Kind>> {
    for (let attempt = 1; ; attempt++) {
      this.journal.begin(this.key);
      try {
        const live = await this.store.create(inputs as Inputs<Kind>);
        this.journal.end(this.key, live.id);
        return live;
      } catch (error) {
        if (!(error instanceof Ambiguous)) {
          this.journal.end(this.key, error instanceof PartlyDone ? error.id : undefined);
          throw error;
        }
        const made = await this.store.find(inputs as Inputs<Kind>);
        if (made) return this.#resume(made, inputs, "begun");
        if (attempt === attempts) throw error;
      }
    }
  }

  /** Brings an object that golive takes over to what is declared. Nothing is rotated, and nothing that is fixed may differ. */
  async #bring(live: Live<Kind>, inputs: Bag, isAdopted: boolean): Promise<Live<Kind>> {
    const told = live.state as Bag;
    const differs = Object.entries(this.definition.inputs).filter(([name, field]) => {
      if (field.local || field.rotates || inputs[name] === undefined) return false;
      // of what is adopted people keep what is theirs; what was only just made has no edits of theirs yet
      if (isAdopted && isPeoples(this.definition.inputs, inputs, name)) return false;
      return !same(field, asWritten(field, inputs[name], told[name]), inputs[name]);
    });
    const [stuck] = differs.find(([, field]) => field.replace || field.fixed) ?? [];
    if (stuck)
      throw new Refused(
        `${live.id} cannot be taken over: its ${stuck} is ${JSON.stringify(told[stuck])}, and ${JSON.stringify(inputs[stuck])} is declared`,
        `Declare ${stuck} as it is, or adopt another object.`,
      );
    if (differs.length === 0) return live;
    const fields = new Set(differs.map(([name]) => name));
    return this.store.update(live.id, { inputs: inputs as Inputs<Kind>, held: told, fields });
  }
}
