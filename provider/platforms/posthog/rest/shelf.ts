import { Batches } from "../../wire/batching";

/** How long a list answers reads of single objects: a refresh asks for all of them within moments. */
const freshMs = 60_000;

interface Known<W> {
  readonly at: number;
  readonly byId: ReadonlyMap<string, W>;
}
/**
 * Objects of one project, read one by one. The first is asked for by its id; where more follow, the list answers for all
 * of them, so that a refresh of hundreds is a few requests. What this process writes empties the shelf.
 */
export class Shelf<W> {
  #known: Known<W> | undefined;
  #hasBegun = false;
  readonly #batches: Batches<string, ReadonlyMap<string, W | undefined>>;

  constructor(
    private readonly one: (id: string) => Promise<W | undefined>,
    private readonly list: () => Promise<ReadonlyMap<string, W>>,
  ) {
    this.#batches = new Batches((ids) => this.#answer([...new Set(ids)]));
  }

  async read(id: string): Promise<W | undefined> {
    return (await this.#batches.add(id)).get(id);
  }
  empty(): void {
    this.#known = undefined;
    this.#hasBegun = false;
  }

  async #answer(ids: readonly string[]): Promise<ReadonlyMap<string, W | undefined>> {
    const isFirst = ids.length === 1 && !this.#hasBegun;
    this.#hasBegun = true;
    const listed = isFirst ? undefined : await this.#listed();
    // a list may leave out what is there: of that the object itself is asked
    const found = ids.map(async (id) => [id, listed?.get(id) ?? (await this.one(id))] as const);
    return new Map(await Promise.all(found));
  }

  async #listed(): Promise<ReadonlyMap<string, W>> {
    if (this.#known && Date.now() - this.#known.at < freshMs) return this.#known.byId;
    const at = Date.now();
    const byId = await this.list();
    this.#known = { at, byId };
    return byId;
  }
}

/** A shelf for each project. */
export class Shelves<W> {
  readonly #all = new Map<string, Shelf<W>>();

  constructor(private readonly make: (project: string) => Shelf<W>) {}

  of(project: string): Shelf<W> {
    const shelf = this.#all.get(project) ?? this.make(project);
    this.#all.set(project, shelf);
    return shelf;
  }
}
