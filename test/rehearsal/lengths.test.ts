// How much text the server takes, in the unit that preview counts in: an emoji is two.
import { afterAll, beforeAll, expect, it } from "vitest";
import { ask, mutate, unlockedWorld, type World } from "./rig";

let world: World;
beforeAll(async () => {
  world = await unlockedWorld();
});
afterAll(() => world.rehearsal.close());
const emoji = (length: number) => "😀".repeat(length / 2);

/** The mutation's answer to a text, `refused` where it is an error without a type. */
async function answer(
  mutation: string,
  input: (text: string) => Record<string, unknown>,
  text: string,
): Promise<string> {
  return mutate(world.dash, mutation, input(text), mutation === "createEnvironment" ? "environment { id }" : "").then(
    ({ __typename }) => __typename,
    () => "refused",
  );
}
it.each<[string, number, string, (text: string, in_: string, project: string) => Record<string, unknown>]>([
  ["a project's name", 200, "createProjectWithNewEnvironments", (name) => ({ name })],
  ["an environment's name", 100, "createEnvironment", (name) => ({ name, isSandbox: true })],
  ["an application's name", 200, "createUserlandApplication", (name, environmentId) => ({ environmentId, name })],
  ["a key's name", 200, "mintKey", (name, environmentId) => ({ environmentId, name })],
  ["a flag's name", 200, "createFlag", (name, _, projectId) => ({ projectId, slug: "a", name, userId: "user_1" })],
  [
    "a flag's description",
    1_000,
    "createFlag",
    (description, _, projectId) => ({ projectId, slug: "b", name: "b", description, userId: "user_1" }),
  ],
])("%s: %i", async (_title, longest, mutation, input) => {
  const project = world.rehearsal.projects[0]!.id;
  const written = (text: string) => input(text, world.staging.id, project);
  const refusals = /refused|Failed$|Invalid$/i;
  expect(await answer(mutation, written, emoji(longest + 2))).toMatch(refusals);
  expect(await answer(mutation, written, `${emoji(longest)}x`)).toMatch(refusals);
  expect(await answer(mutation, written, emoji(longest))).not.toMatch(refusals);
});

it("an address: 2048", async () => {
  const url = (text: string) =>
    ask(world.rehearsal, world.staging.key, "POST", "/webhook_endpoints", {
      endpoint_url: text,
      events: ["user.created"],
    });
  const start = "https://a.example.com/";
  expect((await url(start + emoji(2_048 - start.length))).status).toBe(201);
  expect((await url(start + emoji(2_050 - start.length))).status).toBe(422);
});
