// The adapter against a rehearsal over real HTTP: what a test declares is completed as `check` would.
import { definitions, type Inputs, type Kind } from "@golive/provider";
import { Http } from "@golive/provider/http";
import { Secret } from "@golive/provider/http/secret";
import { check } from "@golive/provider/lifecycle/check";
import type { Change, Platform, Store } from "@golive/provider/platforms/platform";
import { workos } from "@golive/provider/platforms/workos/index";
import type { WorkosConfig } from "@golive/provider/platforms/workos/access";
import type { AccountAccess, Rehearsal } from "@golive/rehearsal";

type Credentials = Partial<Record<"token" | "apiKey" | "clientId" | "clientSecret", string>>;
/** With all that a rehearsal offers, or with nothing but what the real API has. */
export type As = "rehearsal" | "workos";

/** A configuration with these credentials; by default of an endpoint that no test ever calls. */
export const configOf = (
  credentials: Credentials,
  as: As = "rehearsal",
  endpoint = "http://127.0.0.1:9",
): WorkosConfig => {
  const given = Object.fromEntries(
    Object.entries(credentials).map(([name, value]) => [
      name,
      { secret: new Secret(value), origin: `the test's ${name}` },
    ]),
  );
  const rehearsal = as === "rehearsal";
  return { platform: "workos", endpoint, rehearsal, retries: 0, timeout: 10, credentials: given, ...given };
};

/** The adapter as it talks to a rehearsal; as `workos` it uses nothing but what the real API has. */
export function adapter(rehearsal: Pick<Rehearsal, "url">, credentials: Credentials, as: As = "rehearsal"): Platform {
  const config = configOf(credentials, as, rehearsal.url);
  return workos.connect(config, new Http(config));
}
export const tokenOf = ({ token }: AccountAccess): Credentials => ({ token });

/** Inputs with their defaults, as they reach a store. */
export function declared<K extends Kind>(kind: K, inputs: Record<string, unknown>): Inputs<K> {
  const { inputs: complete, failures } = check(definitions[kind], {}, inputs);
  if (failures.length > 0) throw new Error(JSON.stringify(failures));
  return complete as Inputs<K>;
}
export const storeOf = <K extends Kind>(platform: Platform, kind: K): Store<K> => platform.stores[kind]! as Store<K>;

/** One object of a kind, as a test declares and changes it. */
export function object<K extends Kind>(platform: Platform, kind: K, inputs: Record<string, unknown>) {
  const store = storeOf(platform, kind);
  return {
    store,
    create: () => store.create(declared(kind, inputs)),
    find: () => store.find(declared(kind, inputs)),
    claim: () => store.claim!(declared(kind, inputs)),
    update: (id: string, change: Record<string, unknown>, held: object = {}) =>
      store.update(id, {
        inputs: declared(kind, { ...inputs, ...change }) as Change<K>["inputs"],
        held: { ...inputs, ...held } as never,
        fields: new Set(Object.keys(change)),
      }),
  };
}
