// Flags to play with: each a new one in the first project.
import type { Answer, Data } from "../rig";
import type { World } from "./rig";

let last = 0;
export interface Flag {
  readonly id: number;
  readonly key: string;
  read(): Promise<Data>;
  patch(body: unknown): Promise<Answer>;
  act(action: string, body?: unknown): Promise<Answer>;
}
export const flagsOf =
  (world: World) =>
  async (body: Data = {}): Promise<Flag> => {
    const key = `flag-${++last}`;
    const { body: made, status } = await world.inside("POST", "feature_flags/", { key, ...body });
    if (status !== 201) throw new Error(JSON.stringify(made));
    const path = `feature_flags/${made["id"]}/`;
    return {
      id: made["id"] as number,
      key: made["key"] as string,
      read: async () => (await world.inside("GET", path)).body,
      patch: (change) => world.inside("PATCH", path, change),
      act: (action, given = {}) => world.inside("POST", `${path}${action}/`, given),
    };
  };

/** Two conditions, two variants, a payload. */
export const targeting: Data = {
  filters: {
    groups: [
      {
        properties: [{ key: "email", type: "person", value: "@example.com", operator: "icontains" }],
        rollout_percentage: 10,
      },
      { rollout_percentage: 5 },
    ],
    multivariate: {
      variants: [
        { key: "control", rollout_percentage: 60 },
        { key: "test", rollout_percentage: 40 },
      ],
    },
    payloads: { control: '{"copy":"a"}' },
  },
};
