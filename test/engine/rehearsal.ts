import type { Rehearsal } from "@golive/rehearsal";
import { placeOf } from "../rehearsal/whereabouts";
import { mutationOf } from "../rehearsal/wire";

/** The variables by which a stack reaches a rehearsal. */
export const rehearsalEnv = ({ url, token }: Pick<Rehearsal, "url" | "token">): Record<string, string> => ({
  GOLIVE_PLATFORM: "rehearsal",
  GOLIVE_ENDPOINT: url,
  GOLIVE_TOKEN: token,
});

type Data = Record<string, unknown>;

/**
 * A person at the dashboard: one GraphQL mutation by name, or any query. A typed refusal is an error here. Both are about one
 * environment: the given one, or the one that is named.
 */
export function dashboard({ url, token }: Pick<Rehearsal, "url" | "token">, environment?: string) {
  const query = async (text: string, variables: Data = {}): Promise<Data> => {
    const place = environment ?? placeOf(text, variables);
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        ...(place && { "x-url-environment-id": place }),
      },
      body: JSON.stringify({ query: text, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: Data; errors?: { message: string }[] };
    if (errors || !data) throw new Error(errors?.[0]?.message ?? `status ${response.status}`);
    return data;
  };
  const mutate = async (name: string, input: Data): Promise<Data> => {
    const { query: text, variables } = mutationOf(name, input);
    const data = await query(text, variables);
    // one that answers a word, an object or its payload has no typed refusal
    const { __typename = "Endpoint" } = (data[name] ?? {}) as { __typename?: string };
    if (!/(ed|Set|Minted|Endpoint|Response|Payload)$/.test(__typename) || /Required$|NotFound$|Used$/.test(__typename))
      throw new Error(`${name} answered ${__typename}`);
    return data;
  };
  return Object.assign(mutate, { query });
}
