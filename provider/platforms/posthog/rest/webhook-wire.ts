import { isDeepStrictEqual } from "node:util";
import type { Inputs } from "../../../resources";
import type { ChangedInputs, Held, Live } from "../../platform";
import type { Wire } from "../../wire/codec";

export const templateId = "template-webhook";

/** An input as the server keeps it, with what it adds; of a secret one nothing but that. */
interface InputWire {
  readonly value?: unknown;
  readonly secret?: boolean;
}
export interface InputSchema extends Wire {
  readonly key: string;
  readonly secret?: boolean;
  readonly default?: unknown;
}
export interface FunctionWire extends Wire {
  readonly id: string;
  readonly enabled: boolean;
  readonly updated_at: string;
  readonly inputs: Readonly<Record<string, InputWire | undefined>>;
  readonly inputs_schema: readonly InputSchema[] | null;
  readonly filters: Wire & { readonly events?: readonly { readonly id: string | null }[] };
  readonly template?: { readonly id: string } | null;
}
type Hook = Partial<ChangedInputs<"WebhookEndpoint">>;
type Headers = NonNullable<Inputs<"WebhookEndpoint">["headers"]>;

/** What the server adds to filters. */
const compiled = new Set(["bytecode", "bytecode_error", "events", "source"]);
const longestName = 400;
const nameOf = (url: string): string => url.slice(0, longestName);
const eventsOf = (events: readonly string[]) => events.map((id) => ({ id, name: id, type: "events" }));
const dictionary = (headers: Headers) => Object.fromEntries(headers.map(({ name, value }) => [name, value]));
const rest = (filters: string | null | undefined): Wire => (filters ? (JSON.parse(filters) as Wire) : {});

/** The schema under which headers are a secret: nobody reads them back. */
const secretHeaders = (schema: readonly InputSchema[]) => ({
  inputs_schema: schema.map((one) => (one.key === "headers" ? { ...one, secret: true } : one)),
});

/** The body that makes a destination, beside what is written by its own name. */
export function createOf(inputs: Inputs<"WebhookEndpoint">, schema: readonly InputSchema[]): Wire {
  const { url, method, headers, body, events, filters } = inputs;
  return {
    type: "destination",
    template_id: templateId,
    name: nameOf(url),
    ...(headers?.length && secretHeaders(schema)),
    inputs: {
      url: { value: url },
      method: { value: method ?? "POST" },
      ...(headers?.length && { headers: { value: dictionary(headers) } }),
      ...(body !== undefined && { body: { value: JSON.parse(body) as unknown } }),
    },
    filters: { source: "events", ...rest(filters), events: eventsOf(events) },
  };
}

/** The inputs are replaced as a whole: those that stay are sent again, a secret one as the word that keeps it. */
function inputsOf(wire: FunctionWire, hook: Hook, fields: ReadonlySet<string>, schema: readonly InputSchema[]): Wire {
  const { url, method, headers, body } = hook;
  const kept = Object.entries(wire.inputs).map(([key, input]) => [
    key,
    input?.secret ? { secret: true } : { value: input?.value },
  ]);
  const inputs: Record<string, unknown> = Object.fromEntries(kept);
  const initial = (key: string) => ({
    value: (schema.find((one) => one.key === key) ?? wire.inputs_schema?.find((one) => one.key === key))?.default,
  });
  if (fields.has("url")) inputs["url"] = { value: url };
  if (fields.has("method")) inputs["method"] = { value: method };
  if (fields.has("body"))
    inputs["body"] = typeof body === "string" ? { value: JSON.parse(body) as unknown } : initial("body");
  if (fields.has("headers"))
    inputs["headers"] = headers?.length ? { value: dictionary(headers as Headers) } : initial("headers");
  return inputs;
}

export function changeOf(
  wire: FunctionWire,
  hook: Hook,
  fields: ReadonlySet<string>,
  held: Held<"WebhookEndpoint">,
  schema: readonly InputSchema[],
): Wire {
  const { url, headers, events, filters } = hook;
  const writes = ["url", "method", "body", "headers"].some((name) => fields.has(name));
  const there = Object.fromEntries(Object.entries(wire.filters).filter(([name]) => !compiled.has(name)));
  const before = Object.keys(rest(held.filters));
  const others = fields.has("filters")
    ? { ...Object.fromEntries(Object.entries(there).filter(([name]) => !before.includes(name))), ...rest(filters) }
    : there;
  return {
    ...(fields.has("url") && { name: nameOf(url!) }),
    ...(fields.has("headers") && (headers?.length ? secretHeaders(schema) : { inputs_schema: schema })),
    ...(writes && { inputs: inputsOf(wire, hook, fields, schema) }),
    ...((fields.has("events") || fields.has("filters")) && {
      filters: {
        source: wire.filters["source"] ?? "events",
        ...others,
        events: fields.has("events") ? eventsOf(events!) : (wire.filters.events ?? []),
      },
    }),
  };
}

const same = (a: unknown, b: unknown): boolean => isDeepStrictEqual(a, b);

/** What a destination tells of its inputs and filters, in the written form of what is declared. */
export function toldOf(wire: FunctionWire, held: Held<"WebhookEndpoint">): Live<"WebhookEndpoint">["state"] {
  const { url, method, headers, body } = wire.inputs;
  const declared = Object.keys(rest(held.filters));
  const there = Object.fromEntries(declared.map((name) => [name, wire.filters[name] ?? null]));
  const isImport = held.url === undefined;
  return {
    url: String(url?.value ?? ""),
    events: (wire.filters.events ?? []).map(({ id }) => id ?? "*"),
    method: (method?.value ?? "POST") as NonNullable<Inputs<"WebhookEndpoint">["method"]>,
    // a secret one is not told: what was declared is believed
    ...(headers?.secret !== true &&
      held.headers !== undefined && {
        headers: Object.entries((headers?.value ?? {}) as Record<string, string>).map(([name, value]) => ({
          name,
          value,
        })),
      }),
    ...((held.body !== undefined || isImport) &&
      body?.value !== undefined && {
        body:
          held.body !== undefined && same(JSON.parse(held.body), body.value) ? held.body : JSON.stringify(body.value),
      }),
    ...(held.filters !== undefined && {
      filters: same(rest(held.filters), there) ? held.filters : JSON.stringify(there),
    }),
  };
}
