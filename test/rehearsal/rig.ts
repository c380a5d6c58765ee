// What every test of the rehearsal begins with: a running one, and the ways in.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { placeOf, remember } from "./whereabouts";
import { isPlain, mutationOf } from "./wire";

export type Data = Record<string, unknown>;
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Data;
}

/** One request, with a bearer and a JSON body. */
export async function ask(
  { url }: { url: string },
  key: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const place = path === "/graphql" ? placeOf(JSON.stringify(body), {}) : undefined;
  const response = await fetch(url + path, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      "content-type": "application/json",
      ...(place && { "x-url-environment-id": place }),
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
  return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as Data) : {} };
}

/** A dashboard session: one GraphQL field with its arguments and selection, in the environment that it is about. */
export function dashboard({ url, token }: { url: string; token: string }, environment?: string) {
  return async <T extends Data = Data>(query: string, variables: Data = {}): Promise<T> => {
    const header = environment ?? placeOf(query, variables);
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        ...(header && { "x-url-environment-id": header }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: Data; errors?: { message: string }[] };
    remember(data, header);
    if (!data || errors) throw new Error(errors?.[0]?.message ?? `status ${response.status}`);
    return Object.values(data)[0] as T;
  };
}
export type Dashboard = ReturnType<typeof dashboard>;

/** A mutation of one input: its typed result, with the fields that were asked for. */
export const mutate = (
  dash: Dashboard,
  name: string,
  input: Data,
  selection = "",
): Promise<Data & { __typename: string }> => {
  const { query, variables } = mutationOf(name, input, selection);
  // what answers no union refuses with an error
  const refused = (error: Error) => ({ __typename: "Refused", message: error.message });
  return isPlain(name) ? dash<Data & { __typename: string }>(query, variables).catch(refused) : dash(query, variables);
};

export interface World {
  readonly rehearsal: Rehearsal;
  readonly dash: Dashboard;
  readonly project: string;
  readonly staging: { readonly id: string; readonly key: string };
  readonly production: { readonly id: string; readonly key: string };
}

/** A rehearsal whose account has set up billing, with a key for each environment. */
export async function unlockedWorld(file?: string): Promise<World> {
  const rehearsal = await createRehearsal(file === undefined ? {} : { file });
  const dash = dashboard(rehearsal);
  await dash("mutation { setUpBilling { team { productionState } } }");
  const [project] = rehearsal.projects;
  const [staging, production] = project!.environments;
  const minted = await mutate(
    dash,
    "mintKey",
    { environmentId: production!.id, name: "Deploy" },
    "... on ApiKeyMinted { value }",
  );
  return {
    rehearsal,
    dash,
    project: project!.id,
    staging: { id: staging!.id, key: staging!.apiKey! },
    production: { id: production!.id, key: minted["value"] as string },
  };
}
