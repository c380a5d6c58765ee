// What every test of the rehearsal's PostHog begins with: one with room for projects, and the ways in.
import { createRehearsal, type PostHogOptions, type Rehearsal } from "@golive/rehearsal";
import type { Answer, Data } from "../rig";

export interface World {
  readonly rehearsal: Rehearsal;
  /** The first project. */
  readonly project: number;
  readonly token: string;
  readonly organization: string;
  /** One request of the management API by the first user's key, or by another one. */
  ask(method: string, path: string, body?: unknown, key?: string): Promise<Answer>;
  /** The same below the first project. */
  inside(method: string, path: string, body?: unknown, key?: string): Promise<Answer>;
}

/** One request with a key, or with a session where it looks like one. */
export async function request(url: string, key: string, method: string, path: string, body?: unknown): Promise<Answer> {
  const credential: Record<string, string> = key.startsWith("session_")
    ? { cookie: `sessionid=${key}` }
    : { authorization: `Bearer ${key}` };
  const response = await fetch(url + path, {
    method,
    headers: { ...(key !== "" && credential), ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isObject = text.startsWith("{");
  return {
    status: response.status,
    headers: response.headers,
    body: (isObject ? JSON.parse(text) : text === "" ? {} : { value: JSON.parse(text) as unknown }) as Data,
  };
}

export async function posthogWorld(posthog: PostHogOptions = {}): Promise<World> {
  const rehearsal = await createRehearsal({ posthog: { projects: 10, rateLimits: false, ...posthog } });
  const [first] = rehearsal.posthog.projects;
  const { key, organization } = rehearsal.posthog;
  const ask: World["ask"] = (method, path, body, by = key) => request(rehearsal.url, by, method, path, body);
  return {
    rehearsal,
    project: first!.id,
    token: first!.token,
    organization: organization.id,
    ask,
    inside: (method, path, body, by) => ask(method, `/api/projects/${first!.id}/${path}`, body, by),
  };
}

/** A refusal, as the tables write it: status, code, field. */
export const refusal = ({ status, body }: Answer): readonly unknown[] => [status, body["code"], body["attr"]];
/** The names in a page. */
export const names = ({ body }: Answer, field = "name"): unknown[] =>
  (body["results"] as Data[]).map((one) => one[field]);
