// A create that was sent, and nobody knows what came of it.
import { Ambiguous, Cancelled, ServerFault } from "@golive/provider";
import { lifecycle } from "@golive/provider/lifecycle";
import { Journal } from "@golive/provider/lifecycle/journal";
import { describe, expect, test } from "vitest";
import { type Bag, inputsOf } from "./declared";
import { refusal, rig, urn } from "./rig";

const app = (given: Bag = {}) => inputsOf("Application", given);
const ambiguous = () =>
  new Ambiguous("the connection was lost", { method: "POST", url: "https://api.example.com/applications" });

describe("an unknown outcome of create", () => {
  test("the write happened: what is found now is ours", async () => {
    const { life, store } = rig("Application");
    store.faults.push({ verb: "create", when: "after", error: ambiguous() });
    await life.create(app());
    expect(store.calls).toEqual(["find", "create", "find"]);
    expect(store.objects.size).toBe(1);
  });

  test.each([1, 3, 7])("it happens %s looks later: golive is still looking", async (looks) => {
    const { life, store, waits } = rig("Application");
    store.faults.push({ verb: "create", when: "before", error: ambiguous() });
    const { find } = store;
    let asked = 0;
    store.find = async (inputs) => {
      if (++asked === looks + 1) store.seed("app_7", app());
      return find(inputs);
    };
    expect(await life.create(app({ homepageUrl: "https://shop.example.com" }), urn("web"))).toMatchObject({
      id: "app_7",
      outs: { homepageUrl: "https://shop.example.com" },
    });
    expect(store.calls.filter((call) => call === "create")).toHaveLength(1);
    expect(waits).toHaveLength(looks);
    // each time for longer
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  });

  test("nothing is found: it is sent no second time, and the next run goes on from the journal", async () => {
    const { life, store, waits, restarted } = rig("Application");
    store.faults.push({ verb: "create", when: "before", error: ambiguous() });
    const error = await refusal(life.create(app(), urn("web")));
    expect(error).toBeInstanceOf(Ambiguous);
    expect(error.message).toBe(
      'Application "web" could not be created: the connection was lost. golive looked for what it made for half a minute and saw nothing. ' +
        "Nothing was sent twice. Run the same command again: golive goes on from its journal.",
    );
    expect(store.calls.filter((call) => call === "create")).toHaveLength(1);
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(30_000);
    store.seed("app_7", app());
    expect(await restarted().create(app(), urn("web"))).toMatchObject({ id: "app_7" });
  });

  test("a look that fails proves nothing", async () => {
    const { life, store } = rig("Application");
    store.faults.push({ verb: "create", when: "after", error: ambiguous() });
    const { find } = store;
    let asked = 0;
    store.find = async (inputs) => {
      if (++asked === 2) throw new ServerFault("500", { method: "POST", url: "https://api.example.com/graphql" });
      return find(inputs);
    };
    expect(await life.create(app())).toMatchObject({ id: "application_1" });
    expect(store.objects.size).toBe(1);
  });

  test("one that is being stopped looks no further, and says what is unknown", async () => {
    const { life, store, waits } = rig("Application");
    store.faults.push({ verb: "create", when: "before", error: ambiguous() });
    const { find } = store;
    let asked = 0;
    store.find = async (inputs) => {
      if (++asked === 2) throw new Cancelled("golive was stopped");
      return find(inputs);
    };
    expect((await refusal(life.create(app()))).message).toContain("the connection was lost");
    expect(waits).toHaveLength(1);
  });

  test("a credential beside the object, which reached nobody, is issued again", async () => {
    const { life, store } = rig("Application");
    store.faults.push({ verb: "create", when: "after", error: ambiguous() });
    await life.create(app({ credentials: { version: 1 } }), urn("web"));
    expect(store.calls).toEqual(["find", "create", "find", "update credentials"]);
  });

  test("a secret that was shown once, to nobody: the object is made again", async () => {
    const { life, store } = rig("ApiKey");
    store.once = { value: "sk_second" };
    store.faults.push({ verb: "create", when: "after", error: ambiguous() });
    const inputs = inputsOf("ApiKey");
    const found = store.find;
    store.find = async (bag) => {
      const live = await found(bag);
      return live && { ...live, state: { ...live.state, secretHeld: false } };
    };
    expect((await life.create(inputs)).outs).toMatchObject({ value: "sk_second" });
    expect(store.calls).toEqual(["find", "create", "find", "delete", "create"]);
    expect(store.objects.size).toBe(1);
  });

  test("and is none that nobody knows when every answer is lost", async () => {
    const { life, store, journal, keyOf } = rig("ApiKey");
    for (let i = 0; i < 3; i++) store.faults.push({ verb: "create", when: "after", error: ambiguous() });
    const { find } = store;
    store.find = async (bag) => {
      const live = await find(bag);
      return live && { ...live, state: { ...live.state, secretHeld: false } };
    };
    const error = await refusal(life.create(inputsOf("ApiKey")));
    expect(error).toBeInstanceOf(Ambiguous);
    expect(error.message).toContain("its secret came too late each time, and it was ended again");
    expect(store.calls.filter((call) => call === "delete")).toHaveLength(3);
    expect(store.objects.size).toBe(0);
    expect(journal.trace([keyOf(inputsOf("ApiKey"))], "apikey_3")).toBeUndefined();
  });

  test("without a journal, on a computer whose home cannot be written, all the same", async () => {
    const { platform, store } = rig("Application");
    const life = lifecycle("Application", () => ({ platform, problems: [] }), new Journal("/dev/null/journal"));
    store.faults.push({ verb: "create", when: "after", error: ambiguous() });
    expect(await life.create(app())).toMatchObject({ id: "application_1" });
  });
});
