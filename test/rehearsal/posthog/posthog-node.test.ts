// The official client for Node.js, remotely and by itself, against what the rehearsal says and against what was declared.
import { PostHog } from "posthog-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asked, type Flagged, flagged, shares, type Value } from "./clients";
import { type User, users } from "./kinds";

let all: Flagged;
const answers = new Map<User, Record<string, Value>>();
const optionsFor = ({ properties, company, companyProperties }: User) => ({
  personProperties: properties as Record<string, string>,
  groups: { company },
  groupProperties: { company: companyProperties },
});

beforeAll(async () => {
  all = await flagged();
  for (const user of users) answers.set(user, await asked(all, user));
}, 120_000);
afterAll(() => all.world.rehearsal.close());

/** Keys whose values differ, e.g. `half of user-3: true, not false`. */
const differences = (found: Record<string, Value>, user: User, keys: readonly string[]): string[] =>
  keys.flatMap((key) => {
    const wanted = answers.get(user)![key] ?? false;
    return (found[key] ?? false) === wanted ? [] : [`${key} of ${user.distinctId}: ${found[key]}, not ${wanted}`];
  });

describe("posthog-node", () => {
  it("has every kind of condition, for a thousand people, in the shares that were declared", () => {
    const found = all.kinds.map((kind) => ({ kind, ...shares(kind, answers) }));
    for (const { kind, inside, counts } of found)
      console.log(
        `${kind.key}: for ${inside} of ${users.length}; ${Object.entries(counts)
          .map(([value, n]) => `${value} ${n}`)
          .join(", ")}`,
      );
    expect(found.flatMap(({ faults }) => faults)).toEqual([]);
    const outside = all.kinds.flatMap((kind) => {
      const isPlain = typeof kind.share === "number" && kind.key !== "early-exit";
      return isPlain
        ? users
            .filter((user) => !kind.among(user) && (answers.get(user)![kind.key] ?? false) !== false)
            .map((user) => `${kind.key} ${user.distinctId}`)
        : [];
    });
    expect(outside).toEqual([]);
  });

  it("evaluates remotely as the rehearsal does", async () => {
    const client = new PostHog(all.world.token, { host: all.world.rehearsal.url, disableGeoip: false });
    const faults: string[] = [];
    let compared = 0;
    for (const user of users) {
      const found = (await client.getAllFlags(user.distinctId, optionsFor(user))) as Record<string, Value>;
      faults.push(
        ...differences(
          found,
          user,
          all.kinds.map(({ key }) => key),
        ),
      );
      compared += all.kinds.length;
    }
    await client.shutdown();
    console.log(`remotely: ${compared} answers, ${faults.length} differ`);
    expect(faults).toEqual([]);
    expect(compared).toBe(users.length * all.kinds.length);
  }, 120_000);

  it("evaluates by itself, from the definitions, as the rehearsal does", async () => {
    const errors: unknown[] = [];
    const client = new PostHog(all.world.token, {
      host: all.world.rehearsal.url,
      personalApiKey: all.secret,
      featureFlagsPollingInterval: 600_000,
    });
    client.on("error", (error: unknown) => errors.push(error));
    expect(await client.waitForLocalEvaluationReady(10_000)).toBe(true);
    const before = all.world.rehearsal.requestCount();
    const local = all.kinds.filter(({ remote }) => remote === undefined).map(({ key }) => key);
    const faults: string[] = [];
    const unknown = new Set<string>();
    for (const user of users) {
      const found = (await client.getAllFlags(user.distinctId, {
        ...optionsFor(user),
        onlyEvaluateLocally: true,
      })) as Record<string, Value>;
      faults.push(...differences(found, user, local));
      for (const { key } of all.kinds) if (found[key] === undefined) unknown.add(key);
    }
    // what was evaluated here was asked of nobody
    expect(all.world.rehearsal.requestCount()).toBe(before);
    await client.shutdown();
    console.log(
      `by itself: ${users.length * local.length} answers, ${faults.length} differ; left to the server: ${[...unknown].join(", ")}`,
    );
    expect([...unknown].toSorted()).toEqual(
      all.kinds
        .filter(({ remote }) => remote !== undefined)
        .map(({ key }) => key)
        .toSorted(),
    );
    expect(faults).toEqual([]);
    expect(errors).toEqual([]);
  }, 120_000);

  it("gets the payload of a value", async () => {
    const client = new PostHog(all.world.token, { host: all.world.rehearsal.url });
    const short = users.find((user) => answers.get(user)!["variants"] === "short")!;
    const { featureFlagPayloads } = await client.getAllFlagsAndPayloads(short.distinctId, optionsFor(short));
    expect(featureFlagPayloads).toMatchObject({ payload: { color: "green", sizes: [1, 2] }, variants: { lines: 1 } });
    await client.shutdown();
  });
});
