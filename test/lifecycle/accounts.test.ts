// Whose objects credentials reach, compared with whose state says they are: one account, several, or a key that tells none.
import { guardAccount, isSure } from "@golive/provider/lifecycle/account";
import { type Account, accountOfAll, accountOfKey } from "@golive/provider/platforms/platform";
import { Secret } from "@golive/provider/http/secret";
import { WrongAccount } from "@golive/provider";
import { describe, expect, test } from "vitest";

const one = (id: string): Account => ({ id, name: id });
const all = (...ids: string[]): Account => accountOfAll(ids.map(one));
const key = (value: string): Account => accountOfKey({ secret: new Secret(value), origin: "GOLIVE_API_KEY" });

describe("state that was made in an account, and the accounts that credentials reach", () => {
  test.each<[what: string, made: Account, now: Account, goesOn: boolean, isSure: boolean]>([
    ["the same", one("a"), one("a"), true, true],
    ["another", one("a"), one("b"), false, false],
    ["one of several", one("b"), all("a", "b"), true, true],
    ["none of several", one("c"), all("a", "b"), false, false],
    ["several, of which one is left: the object may be in the other", all("a", "b"), one("a"), true, false],
    ["several, and more now", all("a", "b"), all("b", "c", "a"), true, true],
    ["several, none of them", all("a", "b"), all("c", "d"), false, false],
    ["a key, and the same key", key("sk_1"), key("sk_1"), true, true],
    ["a key, and another", key("sk_1"), key("sk_2"), true, false],
    ["a key, and an account", key("sk_1"), one("a"), true, false],
    ["an account, and a key", one("a"), key("sk_1"), true, false],
  ])("%s", (_, made, now, goesOn, sure) => {
    const held = { account: made.id };
    const guard = () => guardAccount(held, now);
    if (goesOn) expect(guard).not.toThrow();
    else expect(guard).toThrow(WrongAccount);
    expect(isSure(held, now)).toBe(sure);
  });

  test("state without one, as before the first read, goes on", () => {
    expect(() => guardAccount({}, one("a"))).not.toThrow();
    expect(isSure({}, one("a"))).toBe(true);
  });

  test("what state records is the same in whichever order a platform tells its accounts", () => {
    expect(all("b", "a").id).toBe(all("a", "b").id);
    expect(accountOfAll([one("a")])).toEqual(one("a"));
  });

  test("a key's account is what earlier builds wrote, and holds nothing of the key", () => {
    expect(key("sk_test_of-this-test")).toEqual({
      id: "key:ae69acafcdb5",
      name: "the environment of the key from GOLIVE_API_KEY",
      proof: "key",
    });
  });
});
