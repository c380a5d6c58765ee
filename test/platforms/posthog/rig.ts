// The PostHog adapter against its rehearsal over real HTTP, with what every test of it begins with.
import { definitions, type Inputs, type Kind } from "@golive/provider";
import { Http } from "@golive/provider/http";
import { Secret } from "@golive/provider/http/secret";
import { check } from "@golive/provider/lifecycle/check";
import { changedInputs } from "@golive/provider/lifecycle/compare";
import { declaredState } from "@golive/provider/lifecycle/state";
import { changeOf } from "@golive/provider/lifecycle/removal";
import type { Change, Config, Held, Live, Platform, Store } from "@golive/provider/platforms/platform";
import { posthog } from "@golive/provider/platforms/posthog/index";
import type { Credentials } from "@golive/provider/platforms/posthog/access";
import { createRehearsal, type PostHogOptions, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll } from "vitest";
import { request } from "../../rehearsal/posthog/rig";
import type { Data } from "../../rehearsal/rig";

type Given = Partial<Record<Credentials, string>>;

export const configOf = (credentials: Given, endpoint: string): Config<Credentials> => ({
  platform: "posthog",
  endpoint,
  rehearsal: true,
  retries: 0,
  timeout: 10,
  credentials: Object.fromEntries(
    Object.entries(credentials).map(([name, value]) => [
      name,
      { secret: new Secret(value), origin: `the test's ${name}` },
    ]),
  ),
});
export function adapter({ url }: Pick<Rehearsal, "url">, credentials: Given, timeout = 10): Platform {
  const config = configOf(credentials, url);
  return posthog.connect(config, new Http({ ...config, timeout }));
}

/** Inputs with their defaults, as they reach a store; what is wrong with them is thrown. */
export function declared<K extends Kind>(kind: K, inputs: Data): Inputs<K> {
  const { inputs: complete, failures } = check(definitions[kind], {}, inputs, posthog.rules);
  if (failures.length > 0) throw new Error(failures.map(({ property, reason }) => `${property} ${reason}`).join("; "));
  return complete as Inputs<K>;
}
/** What a check says against inputs: of the definition, of the platform's rules, of the platform. */
export function refusals(platform: Platform, kind: Kind, inputs: Data, olds: Data = {}): string[] {
  const { inputs: complete, failures } = check(definitions[kind], olds, inputs, posthog.rules);
  const found = failures.length > 0 ? failures : platform.refusals(kind, complete, olds);
  return found.map(({ property, reason }) => `${property} ${reason}`);
}

/** One object of a kind through its life, as the lifecycle leads it. */
export function object<K extends Kind>(platform: Platform, kind: K, inputs: Data) {
  const store = platform.stores[kind] as unknown as Store<K>;
  let now = inputs;
  let held: Held<K> = {};
  const keep = (live: Live<K>): Live<K> => {
    held = declaredState(definitions[kind], declared(kind, now) as Data, live.state, held) as Held<K>;
    return live;
  };
  return {
    store,
    create: async () => keep(await store.create(declared(kind, now))),
    claim: async () => store.claim?.(declared(kind, now)),
    find: async () => store.find(declared(kind, now)),
    read: async (id: string) => store.read(id, held),
    /** Takes over what is there, as it is told. */
    keep,
    async update(id: string, next: Data) {
      const wanted = declared(kind, next);
      const fields = changedInputs(definitions[kind].inputs, held as Data, wanted as Data);
      const carried = changeOf(definitions[kind].inputs, held as Data, wanted as Data, fields);
      now = next;
      return keep(await store.update(id, { inputs: carried as Change<K>["inputs"], held, fields: new Set(fields) }));
    },
    delete: async (id: string) => store.delete(id, held),
  };
}

export interface World {
  rehearsal: Rehearsal;
  platform: Platform;
  organization: string;
  /** The project that came with the organization. */
  project: string;
  /** One request below the first project, as a person would. */
  inside(method: string, path: string, body?: unknown): Promise<Data>;
  ask(method: string, path: string, body?: unknown): Promise<Data>;
}
/** A rehearsal for the tests of one file; its fields are set once a test runs. */
export function world(options: PostHogOptions = {}): World {
  const here = {} as World;
  beforeAll(async () => {
    const rehearsal = await createRehearsal({ posthog: { projects: 20, rateLimits: false, ...options } });
    const { posthog: account } = rehearsal;
    here.rehearsal = rehearsal;
    here.platform = adapter(rehearsal, { apiKey: account.key });
    here.organization = account.organization.id;
    here.project = String(account.projects[0]!.id);
    here.ask = async (method, path, body) => {
      const { status, body: answer } = await request(rehearsal.url, account.session, method, path, body);
      if (status >= 400) throw new Error(JSON.stringify(answer));
      return answer;
    };
    here.inside = (method, path, body) => here.ask(method, `/api/projects/${here.project}/${path}`, body);
  });
  afterAll(() => here.rehearsal.close());
  return here;
}
/** What was sent while this ran, e.g. `POST /api/projects/1/feature_flags/`. */
export async function requestsOf({ rehearsal }: World, run: () => Promise<unknown>): Promise<string[]> {
  const before = rehearsal.requestCount();
  await run();
  const made = rehearsal.requestCount() - before;
  return made === 0
    ? []
    : rehearsal
        .requests()
        .slice(-made)
        .map(({ method, path }) => `${method} ${path}`);
}
/** An error's class and words. */
export const failure = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "nothing failed",
    (error: Error) => `${error.name}: ${error.message}`,
  );
