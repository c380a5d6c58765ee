import { GraphQLError } from "graphql";

/** An argument that cannot be taken. */
export const refused = (message: string) => new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });

/** An instant as the store writes it. */
export function instant(text: string | null | undefined): string | null {
  if (text == null) return null;
  if (typeof text !== "string" || Number.isNaN(Date.parse(text))) throw refused(`'${String(text)}' is no DateTime.`);
  return new Date(text).toISOString();
}
