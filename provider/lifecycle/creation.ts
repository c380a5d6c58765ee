import type { Bag, Definition } from "../define";
import { Ambiguous, ObjectExists, PartlyDone, Refused } from "../errors";
import type { Live, Store } from "../platforms/platform";
import type { Inputs, Kind } from "../resources";
import { asWritten, isPeoples, same } from "./compare";
import type { Journal } from "./journal";

const attempts = 3;

/** How one object comes about, or comes to be golive's: adopted, claimed, or made exactly once. */
export class Creation {
  constructor(
    private readonly definition: Definition,
    private readonly store: Store<Kind>,
    private readonly journal: Journal,
    private readonly key: string,
  ) {}

  async run(inputs: Bag): Promise<Live<Kind>> {
    const { adopt } = inputs;
    if (typeof adopt === "string") return this.#bring(await this.#adopted(adopt, inputs), inputs, true);
    const claimed = await this.store.claim?.(inputs as Inputs<Kind>);
    if (claimed) return this.#bring(claimed, inputs, adopt === true);
    const found = await this.store.find(inputs as Inputs<Kind>);
    if (found && adopt === true) return this.#bring(found, inputs, true);
    if (adopt === true)
      throw new Refused(`there is no such ${this.definition.type} to adopt`, "Remove `adopt` to create it.");
    return found ? this.#resume(found, inputs, this.journal.knows(this.key, found.id)) : this.#makeOnce(inputs);
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
  async #resume(found: Live<Kind>, inputs: Bag, isOurs: boolean): Promise<Live<Kind>> {
    if (!isOurs)
      throw new ObjectExists(
        `${found.id} exists already, and this stack did not make it`,
        `To manage it from here, add \`adopt: "${found.id}"\`; to keep both, choose another natural key.`,
      );
    // its secret was shown once, to the run that died: nobody holds it, so nobody misses the object
    if ((found.state as Bag)["secretHeld"] !== false) {
      const live = await this.#bring(found, inputs, false);
      this.journal.end(this.key, live.id);
      return live;
    }
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
        if (made) return this.#resume(made, inputs, true);
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
