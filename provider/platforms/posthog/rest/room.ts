import { type Bag, isUnknown } from "../../../define";
import { Forbidden, Refused } from "../../../errors";
import { planStep } from "../capabilities";
import { folded, type Organizations, type ProjectWire } from "./organizations";

/** PostHog's own limit, whatever the plan. */
const mostProjects = 2_000;

/** Whether the plan holds the projects that are to be made, asked before the first is. */
export class Room {
  /** Names of projects that a check has seen to be new, by what names their organization. */
  readonly #planned = new Map<string, Set<string>>();

  constructor(private readonly organizations: Organizations) {}

  /** Notes an environment that a check has seen to be new. */
  plan({ project, name }: Bag): void {
    if (typeof project !== "string" || typeof name !== "string" || isUnknown([project, name])) return;
    const names = this.#planned.get(project) ?? new Set<string>();
    this.#planned.set(project, names.add(folded(name)));
  }

  /** @param claimed How many of the planned take the place of one that is there. @param least How many are to be made at least. */
  async require(
    called: string,
    id: string,
    name: string,
    there: readonly ProjectWire[],
    claimed: number,
    least: number,
  ): Promise<void> {
    const whole = await this.organizations.whole(id).catch((error: unknown) => {
      // a key that may not read this is told by the platform, one project after the other
      if (error instanceof Forbidden) return undefined;
      throw error;
    });
    const features = whole?.available_product_features;
    if (!whole || !features) return;
    const feature = features.find(({ key }) => key === "organizations_projects");
    const limit = feature ? (feature.limit ?? mostProjects) : 1;
    const taken = new Set(there.map((one) => folded(one.name)));
    const planned = [...(this.#planned.get(called) ?? []), folded(name)].filter((one) => !taken.has(one));
    const wanted = Math.max(new Set(planned).size - claimed, least);
    const used = there.filter(({ is_demo: isDemo }) => isDemo !== true).length;
    if (used + wanted <= limit) return;
    throw new Refused(
      `the plan of organization "${whole.name}" holds ${limit} project${limit === 1 ? "" : "s"}, ${used} ${used === 1 ? "is" : "are"} there, and ${wanted} more ${wanted === 1 ? "is" : "are"} declared; nothing was made`,
      planStep,
    );
  }
}
