// Random histories of a stack against the rehearsal over real HTTP. `npm run soak` runs thousands; this is the slice of
// every `npm test`, always the same. GOLIVE_MODEL_RUNS and GOLIVE_MODEL_SEED change it.
import { createRehearsal, type Rehearsal } from "@golive/rehearsal";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { history } from "./steps";
import { World } from "./world";

const runs = Number(process.env["GOLIVE_MODEL_RUNS"] ?? 100);
const seed = Number(process.env["GOLIVE_MODEL_SEED"] ?? 20_261_123);

let rehearsal: Rehearsal;
beforeAll(async () => {
  rehearsal = await createRehearsal();
});
afterAll(() => rehearsal.close());

it(
  `loses nothing and makes nothing twice in ${runs} random histories`,
  async () => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const world = await World.create(rehearsal);
        try {
          for (const step of steps) await world.run(step);
          await world.settle();
          const context = () => ({ state: world.known(), errors: world.engine.errors.slice(-5) });
          // no object without a state entry and none twice; no state entry without an object
          expect({ live: await world.live(), ...context() }).toEqual({ live: world.known(), ...context() });
          // all that is declared is there, and nothing else
          expect({ names: [...world.engine.state.keys()].toSorted(), ...context() }).toEqual({
            names: [...world.program.keys()].toSorted(),
            ...context(),
          });
          // a second `up` is empty
          expect({ steps: await world.up(), ...context() }).toEqual({ steps: 0, ...context() });
          // no secret in any message
          const secrets = [...world.engine.state.values()].flatMap(({ outs }) => [
            outs["value"],
            outs["signingSecret"],
            outs["clientSecret"],
          ]);
          const said = world.engine.errors.join("\n");
          for (const secret of [rehearsal.token, ...secrets])
            if (typeof secret === "string") expect(said).not.toContain(secret);
        } finally {
          rehearsal.faults.clear();
          world.dispose();
        }
      }),
      { numRuns: runs, seed, endOnFailure: false },
    );
  },
  runs * 3_000,
);
