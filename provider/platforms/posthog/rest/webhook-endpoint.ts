import { Conflict, Refused } from "../../../errors";
import type { ChangedInputs, Held, Live, Store } from "../../platform";
import { sharedBy } from "../../wire/batching";
import { fromWire, own, scope, type Codecs, toWire, unsupported } from "../../wire/codec";
import { present, unlessGone } from "../../wire/failures";
import type { ApiStore, Clients } from "../clients";
import { inProject, part, refusedWith } from "./client";
import { Shelf, Shelves } from "./shelf";
import { changeOf, createOf, type FunctionWire, type InputSchema, templateId, toldOf } from "./webhook-wire";

/** What is written one by one; the template's inputs and the filters are written as a whole. */
const codecs: Codecs<"WebhookEndpoint"> = {
  environment: scope,
  url: own,
  events: own,
  enabled: "enabled",
  description: {
    select: "description",
    to: (description) => ({ description: description ?? "" }),
    from: ({ description }) => (description as string) || null,
  },
  method: own,
  headers: own,
  body: own,
  filters: own,
  secretVersion: unsupported(
    "PostHog signs no delivery: leave it out, and change a header of `headers` that the receiver knows",
    (version) => version > 1,
  ),
};
const root = "hog_functions/";
const split = (id: string) => id.split("/") as [project: string, uuid: string];
const write = "hog_function:write";

function store({ api, organizations }: Clients): Store<"WebhookEndpoint"> {
  const at = (project: string, uuid: string) => inProject(project, `${root}${part(uuid)}/`);
  const now = (project: string, uuid: string) => api.get<FunctionWire>(at(project, uuid)).catch(unlessGone);
  const all = sharedBy(async (project) => {
    const found = await api.all<FunctionWire>(inProject(project, root), { type: "destination", full: "true" });
    return found.filter(({ template }) => template?.id === templateId);
  });
  /** The template's inputs are the server's: a newer one may have more. */
  const schema = sharedBy(async (project) => {
    const path = inProject(project, `hog_function_templates/${templateId}/`);
    return (await api.get<{ inputs_schema: readonly InputSchema[] }>(path)).inputs_schema;
  });
  const shelves = new Shelves<FunctionWire>(
    (project) =>
      new Shelf(
        (uuid) => now(project, uuid),
        async () => new Map((await all(project)).map((one) => [one.id, one])),
      ),
  );
  const send = async (method: "POST" | "PATCH", project: string, path: string, json: object): Promise<FunctionWire> => {
    try {
      return await api.write<FunctionWire>(write, method, path, json, method === "PATCH");
    } finally {
      shelves.of(project).empty();
    }
  };
  const live = (project: string, wire: FunctionWire, held: Held<"WebhookEndpoint"> = {}): Live<"WebhookEndpoint"> => ({
    id: `${project}/${wire.id}`,
    state: {
      ...fromWire(codecs, wire),
      ...toldOf(wire, held),
      environment: project,
      endpointId: `${project}/${wire.id}`,
      // PostHog signs nothing
      signingSecret: null,
      secretHeld: true,
    },
  });

  /** One change of exactly what was read; where somebody was faster it is read once more. */
  async function change(
    project: string,
    uuid: string,
    inputs: ChangedInputs<"WebhookEndpoint">,
    fields: ReadonlySet<string>,
    held: Held<"WebhookEndpoint">,
  ) {
    for (let attempt = 1; ; attempt++) {
      const wire = present(await now(project, uuid), `destination ${uuid} of project ${project}`);
      const body = {
        ...toWire(codecs, inputs, fields, "PATCH").get("PATCH"),
        ...changeOf(wire, inputs, fields, held, fields.has("headers") ? await schema(project) : []),
      };
      try {
        return await send("PATCH", project, at(project, uuid), { ...body, base_updated_at: wire.updated_at });
      } catch (error) {
        if (!(error instanceof Conflict) || attempt > 1) throw error;
      }
    }
  }

  return {
    async find(inputs) {
      const { environment, url } = inputs;
      const found = (await all(environment)).filter((one) => one.inputs["url"]?.value === url);
      if (found.length > 1)
        throw new Refused(
          `project ${environment} has ${found.length} destinations for ${url}`,
          `Name the one that is meant: \`adopt: "${environment}/${found[0]!.id}"\`, or delete the others.`,
        );
      return found[0] && live(environment, found[0], inputs);
    },
    async create(inputs) {
      const { environment } = inputs;
      const plain = toWire(codecs, inputs, Object.keys(inputs), "POST").get("POST");
      const body = {
        enabled: true,
        description: "",
        ...plain,
        ...createOf(inputs, inputs.headers ? await schema(environment) : []),
      };
      return live(environment, await send("POST", environment, inProject(environment, root), body), inputs);
    },
    async read(id, held) {
      const [project, uuid] = split(id);
      if (!/^\d+$/.test(project) || uuid === undefined) return undefined;
      const wire = await shelves.of(project).read(uuid);
      return wire && live(project, wire, held);
    },
    async update(id, { inputs, fields, held }) {
      const [project, uuid] = split(id);
      const wire = await change(project, uuid, inputs, fields, held);
      const declared = Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== null));
      return live(project, wire, declared as Held<"WebhookEndpoint">);
    },
    async delete(id) {
      const [project, uuid] = split(id);
      await send("PATCH", project, at(project, uuid), { deleted: true }).catch((error: unknown) => {
        if (!refusedWith(error, /deleted/)) unlessGone(error);
      });
    },
    async list({ project, environment }) {
      const places = await organizations.places({ project, environment });
      const found = await Promise.all(places.map(async (place) => (await all(place)).map((wire) => live(place, wire))));
      return found.flat();
    },
  };
}
export const webhookEndpoints: ApiStore<"WebhookEndpoint"> = { codecs, store };
