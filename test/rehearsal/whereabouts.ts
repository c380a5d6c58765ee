// Where everything is, as a careful client keeps it in mind: the environment that a request belongs to, for its header.
const environmentId = /environment_[0-9A-HJKMNP-TV-Z]{26}/;
const anyId = /\b[a-z_]+_[0-9A-HJKMNP-TV-Z]{26}\b/g;
const places = new Map<string, string>();

/** The environment that is named, or that of the first object that was seen before. */
export function placeOf(query: string, variables: unknown): string | undefined {
  const text = `${query} ${JSON.stringify(variables)}`;
  const named = environmentId.exec(text)?.[0];
  return named ?? [...text.matchAll(anyId)].map(([id]) => places.get(id)).find((place) => place !== undefined);
}

/** Remembers where what was answered is: where it says so itself, or else where it was asked for. */
export function remember(value: unknown, header: string | undefined): void {
  if (typeof value !== "object" || value === null) return;
  const { id, environmentId: own, environments } = value as Record<string, unknown>;
  const [inside] = Array.isArray(environments) ? (environments as { id?: unknown }[]) : [];
  const place = own ?? inside?.id ?? header;
  if (typeof id === "string" && typeof place === "string") places.set(id, place);
  for (const part of Object.values(value)) remember(part, header);
}
