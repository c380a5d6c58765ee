// A rehearsal for the tests of one file, and in it a new project for each of them.
import type { Platform } from "@golive/provider/platforms/platform";
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { adapter, object, tokenOf } from "./rig";

export interface Fresh {
  rehearsal: Rehearsal;
  platform: Platform;
  /** The same account through an adapter that uses nothing but what the real API has. */
  real: Platform;
  project: string;
  staging: string;
  /** Different in each test. */
  count: number;
}

/** Registers what makes and ends it all; the fields are set once a test runs. */
export function fresh(): Fresh {
  const here = { count: 0 } as Fresh;
  beforeAll(async () => {
    here.rehearsal = await createRehearsal({ environmentHeader: "strict" });
  });
  beforeEach(async () => {
    const { rehearsal } = here;
    rehearsal.faults.clear();
    here.platform = adapter(rehearsal, tokenOf(rehearsal));
    here.real = adapter(rehearsal, tokenOf(rehearsal), "workos");
    here.count += 1;
    const made = await object(here.platform, "Project", { name: `Fresh ${here.count}` }).create();
    here.project = made.id;
    here.staging = made.state.stagingEnvironmentId!;
  });
  afterAll(() => here.rehearsal.close());
  return here;
}

/** What a person at the dashboard asks for, about one environment: staging, unless another is named. */
export async function dashboard(
  { rehearsal, staging }: Fresh,
  query: string,
  inside = staging,
): Promise<Record<string, unknown>> {
  const answer = await fetch(`${rehearsal.url}/graphql`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${rehearsal.token}`,
      "content-type": "application/json",
      "x-url-environment-id": inside,
    },
    body: JSON.stringify({ query }),
  });
  const body = (await answer.json()) as { data: Record<string, unknown> };
  expect(body).not.toHaveProperty("errors");
  return body.data;
}

/** How many requests of each operation this made. */
export async function requestsOf({ rehearsal }: Fresh, run: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = rehearsal.requestCount();
  await run();
  const made = rehearsal.requests().slice(before - rehearsal.requestCount());
  return made.reduce<Record<string, number>>(
    (counts, { operation = "" }) => ({ ...counts, [operation]: (counts[operation] ?? 0) + 1 }),
    {},
  );
}
