import { Invalid, NotFound, RateLimited, ServerFault } from "../../../errors";
import { Batches } from "../../wire/batching";
import { verdictOf } from "./answer";
import { type Bag, type Dashboard, type EnvironmentId, notAnswered, quoted } from "./client";
import type { EnvironmentOperation } from "./operations";

/** Objects in one request: answers stay small enough to come at once. */
const batchSize = 40;

/** What came of one object: itself, the platform's word that there is none here, or what is wrong with it. */
type Outcome<W> = { readonly wire: W | undefined } | { readonly error: unknown };
type Outcomes<W> = readonly (readonly [id: string, outcome: Outcome<W>])[];

const chunksOf = (ids: readonly string[], size: number): string[][] =>
  Array.from({ length: Math.ceil(ids.length / size) }, (_, i) => ids.slice(i * size, (i + 1) * size));

/**
 * Reads objects of an environment by id. Those asked for at once share a request; one that cannot be read keeps no
 * other from being read, and is the only one that is asked for again.
 */
export function reader<W>(
  dashboard: Dashboard,
  name: EnvironmentOperation,
  fields: string,
): (inside: EnvironmentId, id: string) => Promise<W | undefined> {
  const document = (ids: readonly string[]) =>
    `{ ${ids.map((id, i) => `o${i}: ${name}(id: ${quoted(id)}) { ${fields} }`).join(" ")} }`;

  /** Only `null` is the word that there is none; what is left out, or another object, says nothing. */
  const toldBy = (data: Bag, alias: string, id: string): Outcome<W> => {
    const told = data[alias];
    if (told === null) return { wire: undefined };
    if (typeof told === "object" && (told as { readonly id?: unknown }).id === id) return { wire: told as W };
    return { error: notAnswered(`${name} ${id}`) };
  };
  /** Alone, every error is its own, and is repeated as usual. */
  const askAlone = async (inside: EnvironmentId, id: string): Promise<Outcome<W>> => {
    try {
      return toldBy(await dashboard.inside(inside).query<Bag>(name, document([id])), "o0", id);
    } catch (error) {
      return error instanceof NotFound ? { wire: undefined } : { error };
    }
  };
  const ask = async (inside: EnvironmentId, ids: readonly string[]): Promise<Outcomes<W>> => {
    if (ids.length === 1) return [[ids[0]!, await askAlone(inside, ids[0]!)]];
    let answer;
    try {
      answer = await dashboard.inside(inside).each(name, document(ids));
    } catch (error) {
      if (!(error instanceof Invalid || error instanceof NotFound)) return ids.map((id) => [id, { error }]);
      // one of them spoils the document, and nothing says which: half of them at a time
      const halves = chunksOf(ids, Math.ceil(ids.length / 2));
      return (await Promise.all(halves.map((half) => ask(inside, half)))).flat();
    }
    const { data, faults, about } = answer;
    const isBad = (i: number) => faults.some(({ at }) => at === `o${i}`);
    const rest = ids.filter((_, i) => !isBad(i));
    const bad = ids.flatMap((id, i) => {
      const own = faults.filter(({ at }) => at === `o${i}`);
      return own.length > 0 ? [{ id, error: verdictOf(own, about).error }] : [];
    });
    const spoiled = bad.map(async ({ id, error }): Promise<Outcomes<W>[number]> => {
      if (error instanceof NotFound) return [id, { wire: undefined }];
      const isPassing = error instanceof ServerFault || error instanceof RateLimited;
      return [id, isPassing ? await askAlone(inside, id) : { error }];
    });
    if (!data && bad.length === 0) return ids.map((id) => [id, { error: verdictOf(faults, about).error }]);
    const good = data
      ? ids.flatMap((id, i) => (isBad(i) ? [] : [[id, toldBy(data, `o${i}`, id)] as const]))
      : // a fault of one may take the whole answer with it
        rest.length > 0
        ? await ask(inside, rest)
        : [];
    return [...good, ...(await Promise.all(spoiled))];
  };

  const perEnvironment = new Map<string, Batches<string, ReadonlyMap<string, Outcome<W>>>>();
  const batchesOf = (inside: EnvironmentId) => {
    const batches =
      perEnvironment.get(inside) ??
      new Batches<string, ReadonlyMap<string, Outcome<W>>>(async (asked) => {
        const chunks = chunksOf([...new Set(asked)], batchSize);
        return new Map((await Promise.all(chunks.map((ids) => ask(inside, ids)))).flat());
      });
    perEnvironment.set(inside, batches);
    return batches;
  };
  return async (inside, id) => {
    const outcome = (await batchesOf(inside).add(id)).get(id)!;
    if ("error" in outcome) throw outcome.error;
    return outcome.wire;
  };
}
