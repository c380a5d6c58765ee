// The contract of a platform: one table of cases that every platform's stores pass. What a platform lacks is listed by it,
// with the reason; a reason that no longer holds fails, too.
import { definitions, type Inputs, type Kind } from "@golive/provider";
import type { Field, Fields } from "@golive/provider/define";
import { Ambiguous } from "@golive/provider";
import { check } from "@golive/provider/lifecycle/check";
import { same } from "@golive/provider/lifecycle/compare";
import { changeOf } from "@golive/provider/lifecycle/removal";
import type { Live, Platform, Store } from "@golive/provider/platforms/platform";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Around, values } from "./values";

type Bag = Record<string, unknown>;
/** `find`, …, or `update <field>`. */
type Lacks = Readonly<Record<string, string>>;

export interface Open {
  readonly platform: Platform;
  readonly around: Around;
  /** The same platform with credentials of another account, and with little patience. */
  readonly foreign?: Platform;
  readonly hasty?: Platform;
  /** What happens to the next creation of a kind: it takes effect, and its answer is lost or comes too late. */
  strike?(kind: Kind, how: "lost" | "slow"): void;
  close(): Promise<void>;
}
export interface Subject {
  readonly name: string;
  /** Whole kinds that are not there. */
  readonly without: { readonly [K in Kind]?: string };
  /** Cases of a kind, or of every kind, that it cannot pass. */
  readonly lacks: { readonly [K in Kind | "every kind"]?: Lacks };
  /** Inputs that it does not carry: refused at check, in words like these. */
  readonly refuses?: { readonly [K in Kind]?: Readonly<Record<string, RegExp>> };
  /** Inputs that it cannot take back once they are set: removing one is refused at check, in words like these. */
  readonly keeps?: { readonly [K in Kind]?: Readonly<Record<string, RegExp>> };
  /** Inputs by which a kind is one that these credentials manage. */
  readonly also?: { readonly [K in Kind]?: Bag };
  /** More than one page of a list, and of a kind of which there cannot be so many, fewer. */
  readonly page: number;
  readonly pages?: { readonly [K in Kind]?: number };
  open(): Promise<Open>;
}

/** Inputs that change in place and reach a platform. */
const changeable = (kind: Kind): string[] =>
  Object.entries(definitions[kind].inputs as Fields)
    .filter(([, field]) => !field.local && !field.createOnly && !field.replace && !field.fixed && !field.rotates)
    // of an object that was made by hand, it is held here and written nowhere: test/platforms/external-key.test.ts
    .filter(([, field]) => !field.declaredWhere)
    .map(([name]) => name);
/** Those that may leave the program. */
const clearable = (kind: Kind): string[] => {
  const all = definitions[kind].inputs as Fields;
  const around = { project: "p", otherProject: "q", environment: "e", flag: "f", people: ["a"] };
  const full = values[kind].full(around);
  return changeable(kind).filter((name) => name in full && all[name]!.schema.safeParse(undefined).success);
};
const kinds = Object.keys(definitions) as Kind[];

test("the table of values names every input that changes in place, and no other", () => {
  const around = { project: "p", otherProject: "q", environment: "e", flag: "f", people: ["a", "b"] };
  for (const kind of kinds)
    expect([kind, ...Object.keys(values[kind].changed(around, 1)).toSorted()]).toEqual([
      kind,
      ...changeable(kind).toSorted(),
    ]);
});

let count = 0;

export function contract(subject: Subject): void {
  describe(`the contract of ${subject.name}`, () => {
    let here: Open;
    beforeAll(async () => {
      here = await subject.open();
    });
    afterAll(() => here.close());

    const lacksOf = (kind: Kind): Lacks => ({ ...subject.lacks["every kind"], ...subject.lacks[kind] });
    const storeOf = (kind: Kind, platform = here.platform) => platform.stores[kind] as Store<Kind>;
    const fieldOf = (kind: Kind, name: string) => (definitions[kind].inputs as Fields)[name] as Field;
    const completed = (kind: Kind, inputs: Bag): Bag => {
      const { inputs: whole, failures } = check(definitions[kind], {}, inputs);
      expect(failures).toEqual([]);
      return whole;
    };
    /** What is declared of a new object: all that the platform does not refuse. */
    function declared(kind: Kind): { inputs: Inputs<Kind>; n: number } {
      const n = ++count;
      const { key, full } = values[kind];
      const all = { ...key(here.around, n), ...full(here.around), ...subject.also?.[kind] };
      const refused = new Set(here.platform.refusals(kind, all).map(({ property }) => property));
      const taken = Object.fromEntries(Object.entries(all).filter(([name]) => !refused.has(name)));
      // the definition refuses targets beside another access, and scopes beside a kind that signs users in
      const wrong = new Set(check(definitions[kind], {}, taken).failures.map(({ property }) => property));
      const right = Object.fromEntries(Object.entries(taken).filter(([name]) => !wrong.has(name)));
      return { inputs: completed(kind, right) as Inputs<Kind>, n };
    }
    const tells = (kind: Kind, { state }: Live<Kind>, wanted: Bag) => {
      const told = Object.keys(wanted).filter(
        (name) => !fieldOf(kind, name).local && state[name as never] !== undefined,
      );
      const wrong = told.filter((name) => !same(fieldOf(kind, name), state[name as never], wanted[name]));
      expect(wrong.map((name) => [name, state[name as never], wanted[name]])).toEqual([]);
      return told;
    };
    const made = async (kind: Kind) => {
      const { inputs, n } = declared(kind);
      const store = storeOf(kind);
      // what the platform makes by itself is claimed and brought to the inputs, as the lifecycle does
      const claimed = await store.claim?.(inputs);
      if (!claimed) return { inputs, n, store, live: await store.create(inputs) };
      const names = Object.keys(inputs).filter((name) => !fieldOf(kind, name).local && !fieldOf(kind, name).key);
      const live = await store.update(claimed.id, { inputs: inputs as never, held: {}, fields: new Set(names) });
      return { inputs, n, store, live };
    };
    const heldOf = (inputs: Bag, { state }: Live<Kind>): Bag =>
      Object.fromEntries(Object.entries({ ...inputs, ...state }).filter(([, value]) => value !== null));

    test.each(Object.entries(subject.without))("%s: none", (kind) => {
      const inputs = { ...values[kind as Kind].key(here.around, 0), ...subject.also?.[kind as Kind] };
      const [refused] = here.platform.refusals(kind as Kind, inputs);
      expect(refused?.reason).toMatch(subject.without[kind as Kind]!);
    });

    describe.each(kinds.filter((kind) => !(kind in subject.without)))("%s", (kind) => {
      /** A case, unless the platform lacks it. Then the reason is its name. */
      const it = (name: string, run: () => Promise<void>) => {
        const reason = lacksOf(kind)[name];
        test(reason === undefined ? name : `${name}: lacks it, as ${reason}`, async () => {
          if (reason === undefined) return run();
          const outcome = await run().then(
            () => "passed",
            () => "failed",
          );
          expect(outcome, `${kind} ${name} is listed as lacking, and passes`).toBe("failed");
        });
      };

      it("create and read: what was declared comes back", async () => {
        const { inputs, live, store } = await made(kind);
        expect(tells(kind, live, inputs).length).toBeGreaterThan(0);
        const read = await store.read(live.id, heldOf(inputs, live) as never);
        expect(read?.id).toBe(live.id);
        tells(kind, read!, inputs);
        expect(Object.keys(read!.state).length).toBeGreaterThan(0);
      });

      it("find: by the natural key, and nothing by another", async () => {
        const { inputs, live, store } = await made(kind);
        expect((await store.find(inputs))?.id).toBe(live.id);
        const strangers = { ...inputs, ...values[kind].key(here.around, ++count) };
        const other = await store.find(strangers as Inputs<Kind>);
        // a rule is named by what it joins, so there is no other key of the same two
        if (kind !== "FeatureFlagRule") expect(other).toBeUndefined();
      });

      for (const [name, words] of Object.entries(subject.refuses?.[kind] ?? {}))
        test(`${name} is refused before anything is sent`, () => {
          const inputs = { ...declared(kind).inputs, [name]: values[kind].changed(here.around, 0)[name] };
          const refused = here.platform.refusals(kind, inputs).filter(({ property }) => property === name);
          expect(refused.map(({ reason }) => reason)).toEqual([expect.stringMatching(words)]);
          expect(refused.map(({ reason }) => reason)).toEqual([expect.stringMatching(words)]);
        });

      for (const name of changeable(kind).filter((one) => !(one in (subject.refuses?.[kind] ?? {}))))
        it(`update ${name}`, async () => {
          const { inputs, n, live, store } = await made(kind);
          const value = values[kind].changed(here.around, n)[name];
          const change = { ...(inputs as Bag), [name]: value };
          expect(here.platform.refusals(kind, change)).toEqual([]);
          const held = heldOf(inputs, live);
          await store.update(live.id, { inputs: change as never, held: held as never, fields: new Set([name]) });
          const read = await store.read(live.id, { ...held, [name]: value } as never);
          expect(tells(kind, read!, { [name]: value })).toEqual([name]);
          // and nothing else changed with it
          const { [name]: _, ...rest } = inputs as Bag;
          tells(kind, read!, rest);
        });

      for (const [name, words] of Object.entries(subject.keeps?.[kind] ?? {}))
        test(`${name} cannot be taken back, which is refused before anything is sent`, () => {
          const { [name]: _, ...left } = declared(kind).inputs as Bag;
          const refused = here.platform.refusals(kind, left, { ...left, [name]: _ });
          expect(refused).toEqual([{ property: name, reason: expect.stringMatching(words) }]);
        });

      const unclearable = { ...subject.refuses?.[kind], ...subject.keeps?.[kind] };
      for (const name of clearable(kind).filter((one) => !(one in unclearable)))
        it(`clear ${name}`, async () => {
          const { inputs, live, store } = await made(kind);
          const { [name]: _, ...left } = inputs as Bag;
          expect(here.platform.refusals(kind, left, inputs as Bag)).toEqual([]);
          const held = heldOf(inputs, live);
          const carried = changeOf(definitions[kind].inputs, held, left, [name]);
          await store.update(live.id, { inputs: carried as never, held: held as never, fields: new Set([name]) });
          const { [name]: __, ...after } = held;
          const read = (await store.read(live.id, after as never))!;
          tells(kind, read, left);
          // what a new object has that never had it, where the platform tells
          const fresh = fieldOf(kind, name).fresh ?? null;
          expect(same(fieldOf(kind, name), read.state[name as never] ?? null, fresh)).toBe(true);
        });

      it("list: past a page, and each once", async () => {
        const { store } = await made(kind);
        // there are as many rules as flags, whose list is held to this
        const extra = kind === "FeatureFlagRule" ? 0 : (subject.pages?.[kind] ?? subject.page);
        const more = await Promise.all(Array.from({ length: extra }, () => made(kind)));
        const scope =
          kind === "Project"
            ? {}
            : kind === "FeatureFlag" || kind === "Environment"
              ? { project: here.around.project }
              : { environment: here.around.environment };
        const ids = (await store.list!(scope)).map(({ id }) => id);
        expect(more.filter(({ live }) => !ids.includes(live.id))).toEqual([]);
        expect(new Set(ids).size).toBe(ids.length);
      });

      it("delete: gone is gone, and deleting it again succeeds", async () => {
        const { inputs, live, store } = await made(kind);
        const held = heldOf(inputs, live) as never;
        expect(await store.delete(live.id, held)).toBeUndefined();
        expect(await store.read(live.id, held)).toBeUndefined();
        await store.delete(live.id, held);
      });

      it("another account sees nothing of it, and changes nothing", async () => {
        const { inputs, n, live, store } = await made(kind);
        const theirs = storeOf(kind, here.foreign!);
        const held = heldOf(inputs, live);
        const [name] = changeable(kind);
        const change = { ...(inputs as Bag), [name!]: values[kind].changed(here.around, n)[name!] };
        const seen = await theirs.read(live.id, held as never).catch(() => undefined);
        expect(seen).toBeUndefined();
        const failed = (promise: Promise<unknown>) =>
          promise.then(
            () => false,
            () => true,
          );
        expect(
          await failed(
            theirs.update(live.id, { inputs: change as never, held: held as never, fields: new Set([name!]) }),
          ),
        ).toBe(true);
        await failed(theirs.delete(live.id, held as never));
        tells(kind, (await store.read(live.id, held as never))!, inputs);
      });

      for (const how of ["lost", "slow"] as const)
        it(`create, and the answer is ${how}: it is found, once`, async () => {
          const { inputs } = declared(kind);
          expect(await storeOf(kind).claim?.(inputs), "is made by the platform itself").toBeUndefined();
          here.strike!(kind, how);
          const store = storeOf(kind, how === "slow" ? here.hasty! : here.platform);
          const error = await store.create(inputs).then(
            () => undefined,
            (reason: unknown) => reason,
          );
          expect(error).toBeInstanceOf(Ambiguous);
          const found = await vi.waitFor(async () => {
            const live = await storeOf(kind).find(inputs);
            expect(live).toBeDefined();
            return live!;
          });
          // the rest may have been steps of its own, which nobody took
          const keys = Object.entries(inputs).filter(([name]) => fieldOf(kind, name).key);
          tells(kind, found, Object.fromEntries(keys));
        });
    });
  });
}
