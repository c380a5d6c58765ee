// Which environment each request names in its header. The real server takes a missing or unknown one for production.
import { Http, type Request } from "@golive/provider/http";
import { Dashboard, type EnvironmentId } from "@golive/provider/platforms/workos/dashboard/client";
import { operations } from "@golive/provider/platforms/workos/dashboard/operations";
import { workos } from "@golive/provider/platforms/workos/index";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Passed, type Relay, relayTo } from "./relay";
import { adapter, configOf, object, storeOf, tokenOf } from "./rig";

let rehearsal: Rehearsal;
let relay: Relay;
beforeAll(async () => {
  rehearsal = await createRehearsal({ environmentHeader: "strict" });
  relay = await relayTo(rehearsal);
});
afterAll(() => rehearsal.close());
beforeEach(() => {
  relay.lie = undefined;
});

/** The operations sent, with the headers of each. */
const headersOf = (passed: readonly Passed[]) => {
  const all = new Map<string, Set<string | undefined>>();
  for (const { operation, header } of passed) all.set(operation, (all.get(operation) ?? new Set()).add(header));
  return all;
};

describe("each operation that golive sends", () => {
  const seen = new Map<string, Set<string | undefined>>();

  test.each(["rehearsal", "workos"] as const)(
    "in a whole life at %s names the environment that it is about",
    async (name) => {
      const { token, clientId, clientSecret } = rehearsal;
      const config = configOf({ token, clientId, clientSecret }, name, relay.url);
      class LoginHere extends Http {
        override send(request: Request) {
          return super.send(
            request.path.startsWith("https://signin.") ? { ...request, path: "oauth2/token" } : request,
          );
        }
      }
      const platform = workos.connect(config, new LoginHere(config));
      relay.passed.length = 0;
      const during = async <T>(inside: string | undefined, run: () => Promise<T>): Promise<T> => {
        const from = relay.passed.length;
        const result = await run();
        for (const [operation, headers] of headersOf(relay.passed.slice(from))) {
          seen.set(operation, new Set([...(seen.get(operation) ?? []), ...headers]));
          const expected = operations[operation as keyof typeof operations] === "team" ? undefined : inside;
          if (expected !== inside || inside !== undefined) expect([...headers], operation).toEqual([expected]);
        }
        return result;
      };
      const isOurs = name === "rehearsal";

      const project = await during(undefined, () => object(platform, "Project", { name: `Life ${name}` }).create());
      const staging = project.state.stagingEnvironmentId!;
      const qa = object(platform, "Environment", { project: project.id, name: "QA", type: "staging" });
      const { id: inside } = await during(staging, () => qa.create());
      await during(inside, () => qa.update(inside, { name: "QA 2" }));
      await during(undefined, () =>
        object(platform, "Project", { name: `Life ${name}` }).update(project.id, { name: `Life 2 ${name}` }),
      );

      const lists = {
        redirectUris: [{ uri: "https://a.example.com/cb", default: true }],
        corsOrigins: ["https://a.example.com"],
      };
      const app = object(platform, "Application", {
        environment: inside,
        name: "web",
        ...lists,
        logoutUris: ["https://a.example.com"],
      });
      const made = await during(inside, () => app.create());
      await during(inside, () => app.find());
      await during(inside, () =>
        object(platform, "Application", { environment: inside, name: "d", isDefault: true }).claim(),
      );
      await during(inside, () =>
        app.update(made.id, { name: "web 2", ...(isOurs && { credentials: { version: 2 } }) }),
      );
      await during(inside, () => app.store.read(made.id, made.state as never));

      const hook = object(platform, "WebhookEndpoint", {
        environment: inside,
        url: "https://a.example.com",
        events: ["user.created"],
      });
      const endpoint = await during(inside, () => hook.create());
      await during(inside, () => hook.find());
      await during(inside, () => hook.update(endpoint.id, { enabled: false, ...(isOurs && { secretVersion: 2 }) }));
      await during(inside, () => hook.store.read(endpoint.id, endpoint.state as never));

      const key = object(platform, "ApiKey", { environment: inside, name: "ci" });
      const minted = await during(inside, () => key.create());
      await during(inside, () =>
        key.update(minted.id, { expiresAt: "2099-01-01T00:00:00Z", ...(isOurs && { name: "ci 2" }) }),
      );
      await during(inside, () =>
        key.update(minted.id, { version: 2, expiresAt: "2099-01-01T00:00:00Z" }, { keyId: minted.id }),
      );
      await during(inside, () => key.store.read(minted.id, { environment: inside }));

      const cli = object(platform, "Application", { environment: inside, name: "cli", kind: "oauth" });
      const connected = await during(inside, () => cli.create());
      await during(inside, () => cli.find());
      const uris = [{ uri: "https://a.example.com/cb", default: true }];
      await during(inside, () => cli.update(connected.id, { name: "cli 2", redirectUris: uris }));
      await during(inside, () => cli.store.read(connected.id, { environment: inside, kind: "oauth" }));
      await during(inside, () => cli.store.delete(connected.id, { environment: inside, kind: "oauth" }));

      // what belongs to the project is reached through one of its environments
      const flag = object(platform, "FeatureFlag", { project: project.id, slug: "beta", name: "Beta" });
      const beta = await during(staging, () => flag.create());
      await during(staging, () => flag.find());
      await during(staging, () => flag.update(beta.id, { name: "Beta 2", tags: ["a"] }));
      await during(staging, () => flag.store.read(beta.id, { project: project.id }));
      const rule = object(platform, "FeatureFlagRule", { flag: beta.id, environment: inside });
      await during(inside, () => rule.update(`${beta.id}/${inside}`, { enabled: true }));
      await during(inside, () => rule.store.read(`${beta.id}/${inside}`, {}));
      expect(await during(inside, () => rule.store.read(`flag_none/${inside}`, {}))).toBeUndefined();
      for (const kind of ["FeatureFlag", "FeatureFlagRule"] as const)
        await during(staging, () => storeOf(platform, kind).list!({ project: project.id }));
      for (const kind of ["Application", "ApiKey", "WebhookEndpoint", "Environment"] as const)
        await during(inside, () => storeOf(platform, kind).list!({ environment: inside }));
      // the checklist counts customers; whose a key is, the redirect URIs tell
      await during(inside, async () => platform.facts!.environment(inside));
      const { apiKey } = rehearsal.projects.flatMap(({ environments }) => environments).find((e) => e.id === inside)!;
      const beside = configOf({ token, apiKey: apiKey! }, name, relay.url);
      const guarded = object(workos.connect(beside, new LoginHere(beside)), "Application", {
        environment: inside,
        name: "guarded",
        kind: "oauth",
      });
      await during(inside, () => guarded.find());
      await during(staging, () => flag.store.delete(beta.id, { project: project.id }));

      await during(inside, () => key.store.delete(minted.id, { environment: inside }));
      await during(inside, () => hook.store.delete(endpoint.id, { environment: inside }));
      await during(inside, () => app.store.delete(made.id, { environment: inside, kind: "web" }));
      if (isOurs) {
        const other = await object(platform, "Project", { name: "Elsewhere" }).create();
        await during(inside, () => qa.update(inside, { project: other.id }));
      }
      await during(inside, () => qa.store.delete(inside, {}));
      if (isOurs)
        await during(undefined, () => storeOf(platform, "Project").delete(project.id, { ...project.state } as never));
    },
  );

  test("was among them", () => {
    // the contract is verified by a command of its own: test/cli/verify-contract.test.ts records its headers
    const elsewhere = ["webhookEvents"];
    const unseen = Object.keys(operations).filter((name) => !seen.has(name) && !elsewhere.includes(name));
    expect(unseen).toEqual([]);
    expect([...seen.keys()].filter((name) => !(name in operations))).toEqual([]);
  });
});

test("each environment of the team is asked with its own header, where only an id is known", async () => {
  const platform = adapter(relay, tokenOf(rehearsal));
  const environments = await storeOf(platform, "Environment").list!({});
  const environment = environments.at(-1)!.id;
  const hook = { environment, url: "https://import.example.com", events: ["user.created"] };
  const made = {
    Application: await object(platform, "Application", { environment, name: "import" }).create(),
    WebhookEndpoint: await object(platform, "WebhookEndpoint", hook).create(),
  };
  for (const [kind, { id }] of Object.entries(made) as ["Application", { id: string }][]) {
    relay.passed.length = 0;
    const real = adapter(relay, tokenOf(rehearsal), "workos");
    expect((await storeOf(real, kind).read(id, {}))?.state, kind).toMatchObject({ environment });
    const asked = relay.passed.filter(({ query }) => query.includes(id));
    expect(new Set(asked.map(({ header }) => header))).toEqual(new Set(environments.map((one) => one.id)));
  }
});

test("a read of many asks once for each environment", async () => {
  const platform = adapter(relay, tokenOf(rehearsal));
  const environments = (await storeOf(platform, "Environment").list!({})).slice(0, 2).map(({ id }) => id);
  const apps = await Promise.all(
    [0, 1, 2, 3, 4, 5].map((i) =>
      object(platform, "Application", { environment: environments[i % 2]!, name: `batch ${i}` }).create(),
    ),
  );
  relay.passed.length = 0;
  await Promise.all(apps.map(({ id, state }) => storeOf(platform, "Application").read(id, state as never)));
  expect(relay.passed.map(({ header }) => header).toSorted()).toEqual(environments.toSorted());
});

describe("a header that is stale or wrong is an error, or asked again, and never gone", () => {
  test("an object that state has in another environment", async () => {
    const platform = adapter(relay, tokenOf(rehearsal));
    const [here, there] = (await storeOf(platform, "Environment").list!({})).map(({ id }) => id);
    const { id, state } = await object(platform, "Application", { environment: here!, name: "moved" }).create();
    // a server that looks at the header answers null in every environment but its own
    relay.lie = ({ operation, header }, { status, body }) =>
      operation === "userlandApplication" && header !== here
        ? { status, body: { data: { o0: null } } }
        : { status, body };
    const read = storeOf(platform, "Application").read(id, { ...state, environment: there! } as never);
    await expect(read).rejects.toThrow(`${id} is in environment ${here}, and not in ${there}`);
    expect(
      await storeOf(platform, "Application").read("app_none", { environment: there!, kind: "web" }),
    ).toBeUndefined();
  });

  test("a flag that was read through an environment which is no longer there", async () => {
    const platform = adapter(relay, tokenOf(rehearsal));
    const project = await object(platform, "Project", { name: "Stale" }).create();
    const { id, state } = await object(platform, "FeatureFlag", { project: project.id, slug: "s", name: "S" }).create();
    const stale = project.state.stagingEnvironmentId!;
    const nothing = ({ header }: { header: string | undefined }, { status, body }: { status: number; body: unknown }) =>
      header === stale ? { status, body: { data: { o0: null } } } : { status, body };
    relay.lie = nothing;
    await expect(storeOf(platform, "FeatureFlag").read(id, state as never)).rejects.toThrow(
      /can say whether .* is gone/,
    );
    // the list knows of it too: another environment of the project is asked
    relay.lie = (asked, truth) => {
      if (asked.operation !== "currentTeam") return nothing(asked, truth);
      const { data } = truth.body as { data: { currentTeam: { projectsV2: { environments: { id: string }[] }[] } } };
      for (const one of data.currentTeam.projectsV2) one.environments = one.environments.filter((e) => e.id !== stale);
      return { ...truth, body: { data } };
    };
    expect((await storeOf(platform, "FeatureFlag").read(id, state as never))?.id).toBe(id);
  });

  test("what is made in an environment that went meanwhile is made nowhere", async () => {
    const warm = adapter(relay, tokenOf(rehearsal));
    const [project] = await storeOf(warm, "Project").list!({});
    const qa = object(warm, "Environment", { project: project!.id, name: "Going", type: "staging" });
    const { id: environment, state } = await qa.create();
    await storeOf(warm, "Application").list!({ environment });
    await storeOf(adapter(rehearsal, tokenOf(rehearsal)), "Environment").delete(environment, state as never);
    const before = (await storeOf(warm, "Application").list!({})).length;
    await expect(object(warm, "Application", { environment, name: "nowhere" }).create()).rejects.toThrow(
      /NotFound|no environment/,
    );
    await expect(
      object(warm, "WebhookEndpoint", {
        environment,
        url: "https://no.example.com",
        events: ["user.created"],
      }).create(),
    ).rejects.toThrow(/no environment/);
    expect((await storeOf(warm, "Application").list!({})).length).toBe(before);
  });
});

test("the compiler asks for the environment", () => {
  const dashboard = new Dashboard(new Http(configOf({})), undefined);
  const environment = "environment_1" as EnvironmentId;
  const wrong = [
    // @ts-expect-error an operation of an environment, without one
    () => dashboard.query("webhookEndpoint", "{ webhookEndpoint }"),
    // @ts-expect-error
    () => dashboard.mutate("createFlag", {}, []),
    // @ts-expect-error it has no such method
    () => dashboard.all("userlandApplications", "", "id"),
    // @ts-expect-error an id that nobody checked
    () => dashboard.inside("environment_1"),
    // @ts-expect-error an operation of the team is not about an environment
    () => dashboard.inside(environment).query("currentTeam", "{ currentTeam }"),
  ];
  expect(wrong).toHaveLength(5);
  expect(dashboard.inside(environment)).not.toHaveProperty("inside");
});
