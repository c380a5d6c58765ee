// The page about the rehearsal names every route and option of PostHog's that is the rehearsal's own, and no other.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { actions } from "../../../rehearsal/dist/posthog/operator-routes.js";

const page = readFileSync(new URL("../../../docs/rehearsal.md", import.meta.url), "utf8");
const section = /## PostHog\n([^]*?)\n## /.exec(page)![1]!;

it("docs/rehearsal.md lists the rehearsal's own routes of PostHog", () => {
  const listed = [...section.matchAll(/^\| `(\w+)` \| `\w+` \|/gm)].map(([, name]) => name!);
  expect(Object.keys(actions).length).toBeGreaterThan(5);
  expect(listed).toEqual(Object.keys(actions));
});
