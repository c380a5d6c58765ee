import type { Bag } from "../define";
import { GoliveError, WrongAccount } from "../errors";
import type { Account } from "../platforms/platform";

const isFingerprint = (account: unknown) => typeof account === "string" && account.startsWith("key:");

/** Stops before anything is asked of an account that the object was not made in. */
export function guardAccount(held: Bag, account: Account): void {
  const made = held["account"];
  if (typeof made !== "string" || made === account.id || isFingerprint(made) || isFingerprint(account.id)) return;
  throw new WrongAccount(
    `state was made in account ${made}, and the credentials belong to ${account.id} (${account.name})`,
    "Use credentials of the first account; nothing was asked of the second.",
  );
}

/** Whether an answer of "not found" can be believed: another key may just not see the object. */
export const isSure = (held: Bag, account: Account): boolean =>
  held["account"] === undefined || held["account"] === account.id;

/** An answer of "not found" that proves nothing. */
export const notFoundBy = (id: string): GoliveError =>
  new GoliveError(
    `${id} was not found with another key than it was made with`,
    "Use a key of its environment; if it is gone for good, remove it with `pulumi state delete`.",
  );
