// A warning of the platform on the real engine: Pulumi's protocol has no word for it in a check, so the plugin prints it.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createStack, type Stack } from "./harness";

let rehearsal: Rehearsal;
let stack: Stack;
const program = `
const golive = require("@golive/pulumi");
const project = new golive.Project("shop", { name: "Warned" });
const environment = new golive.Environment("staging", { project, name: "Staging", type: "staging" });
const hook = (name) =>
  new golive.WebhookEndpoint(name, { environment, url: "https://shop.example.com/" + name, events: ["user.creatd"] });
hook("one"); hook("two");`;

beforeAll(async () => {
  rehearsal = await createRehearsal();
  // one variable is enough to reach a rehearsal
  stack = await createStack({ program, env: { GOLIVE_REHEARSAL: rehearsal.url, GOLIVE_TOKEN: rehearsal.token } });
});
afterAll(async () => {
  await stack.dispose();
  await rehearsal.close();
});

it("is shown once per resource at preview, and the preview passes", async () => {
  const { exitCode, stdout, diagnostics } = await stack.preview();
  expect(exitCode).toBe(0);
  const words = (name: string) =>
    `warning: WebhookEndpoint "https://shop.example.com/${name}": events[0] "user.creatd" is no event that golive knows; did you mean "user.created"?`;
  const warned = diagnostics.map(({ message }) => message).filter((message) => message.startsWith("warning: "));
  expect(warned.toSorted()).toEqual([words("one"), words("two")]);
  // and a person sees it below what is to be done
  expect(stdout.slice(stdout.indexOf("Diagnostics:"))).toContain(words("one"));
});
