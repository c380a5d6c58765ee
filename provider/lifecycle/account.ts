import type { Bag } from "../define";
import { GoliveError, Refused, WrongAccount } from "../errors";
import { type Account, idsOf, isProvenByKey } from "../platforms/platform";

/** Stops before anything is asked of an account that the object was not made in. */
export function guardAccount(held: Bag, account: Account): void {
  const made = held["account"];
  if (typeof made !== "string" || isProvenByKey(made) || account.proof === "key") return;
  const reached = idsOf(account.id);
  if (idsOf(made).some((id) => reached.includes(id))) return;
  throw new WrongAccount(
    `state was made in account ${made}, and the credentials belong to ${account.id} (${account.name})`,
    "Use credentials of the first account; nothing was asked of the second.",
  );
}

/** Whether an answer of "not found" can be believed: other credentials may just not reach every account that it may be in. */
export function isSure({ account: made }: Bag, account: Account): boolean {
  const reached = idsOf(account.id);
  return typeof made !== "string" || idsOf(made).every((id) => reached.includes(id));
}

/** What is asked for by its id or natural key, and is not there. @param close A name that may be meant. */
export const noSuch = (type: string, close?: string): Refused =>
  new Refused(
    `there is no such ${type} for these credentials`,
    close ? `Did you mean "${close}"?` : "Check the id, and that it is of this account and environment.",
  );

/** An answer of "not found" that proves nothing. */
export const notFoundBy = (id: string): GoliveError =>
  new GoliveError(
    `${id} was not found with another key than it was made with`,
    "Use a key of its environment; if it is gone for good, remove it with `pulumi state delete`.",
  );
