// A server that masks the signing secrets in its lists, as the official emulator does: what is masked is no secret.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Relay, relayTo } from "./relay";
import { adapter, object, storeOf, tokenOf } from "./rig";

let rehearsal: Rehearsal;
let relay: Relay;
let environment: string;
let key: string;
beforeAll(async () => {
  rehearsal = await createRehearsal();
  const dashboard = adapter(rehearsal, tokenOf(rehearsal));
  const project = await object(dashboard, "Project", { name: "Masked" }).create();
  environment = project.state.stagingEnvironmentId!;
  key = (await object(dashboard, "ApiKey", { environment, name: "ci" }).create()).state.value!;
  relay = await relayTo(rehearsal);
  const masked = (one: Record<string, unknown>) => ({ ...one, secret: `${String(one["secret"]).slice(0, 8)}****` });
  // the answer to a creation has it in full
  relay.lie = ({ method, path }, { status, body }) => {
    if (!path.startsWith("/webhook_endpoints") || method === "POST" || method === "DELETE") return undefined;
    const page = body as { data?: Record<string, unknown>[] };
    return { status, body: page.data ? { ...page, data: page.data.map(masked) } : masked(page) };
  };
});
afterAll(() => rehearsal.close());

test("with a key alone, the secret of the creation is all there is", async () => {
  const platform = adapter(relay, { apiKey: key });
  const inputs = { environment, url: "https://a.example.com/hook", events: ["user.created"], enabled: false };
  const { store, create, find, update } = object(platform, "WebhookEndpoint", inputs);
  const made = await create();
  expect(made.state.signingSecret).toMatch(/^[^*]+$/);
  expect(made.state.secretHeld).toBe(true);
  const read = await store.read(made.id, { ...inputs, ...made.state } as never);
  expect(read?.state).not.toHaveProperty("signingSecret");
  expect(read?.state).toMatchObject({ secretHeld: true });
  expect((await update(made.id, { enabled: true }, made.state)).state).toMatchObject({ secretHeld: true });
  // of one that is taken over nobody has it
  const found = (await find())!;
  expect(found.state).not.toHaveProperty("signingSecret");
  expect(found.state).toMatchObject({ secretHeld: false });
});

test("with a token beside it, too", async () => {
  const platform = adapter(relay, { token: rehearsal.token, apiKey: key }, "workos");
  const [one] = await storeOf(platform, "WebhookEndpoint").list!({ environment });
  expect(one?.state).toMatchObject({ secretHeld: false });
  expect(one?.state).not.toHaveProperty("signingSecret");
});
