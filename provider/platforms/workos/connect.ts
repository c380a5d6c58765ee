import { PartlyDone, Refused } from "../../errors";
import type { Inputs } from "../../resources";
import type { Held, Live, Store } from "../platform";
import type { Context } from "./context";
import { unlessGone } from "./project";
import { fromWire, own, scope, type Spelling, toWire } from "./spelling";

interface ConnectWire extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly client_id: string;
  readonly name: string;
}
const signsIn = { unsupported: "belongs to applications that sign users in" } as const;

/** How an application that other software connects through is written on the environment plane. */
export const connectSpelling: Spelling<"Application"> = {
  environment: scope,
  name: "name",
  kind: {
    select: "application_type",
    via: "POST",
    to: (kind) => ({ application_type: kind, ...(kind === "oauth" && { is_first_party: true }) }),
    from: ({ application_type: type }) => type as Inputs<"Application">["kind"],
  },
  organization: {
    select: "organization_id",
    via: "POST",
    to: (organization) => ({ organization_id: organization }),
    from: (wire) => (wire["organization_id"] as string | undefined) ?? null,
  },
  scopes: "scopes",
  redirectUris: "redirect_uris",
  logoutUris: signsIn,
  corsOrigins: signsIn,
  homepageUrl: signsIn,
  initiateLoginUri: signsIn,
  sessions: signsIn,
  isDefault: own,
  credentials: own,
};
const path = "connect/applications";

/** `oauth` and `m2m` applications: REST, with the key of their environment. */
export function connectApplications({ rest, team, config }: Context): Store<"Application"> {
  const live = (
    wire: ConnectWire,
    environment: string | undefined,
    more: Held<"Application"> = {},
  ): Live<"Application"> => ({
    id: wire.id,
    state: {
      ...fromWire(connectSpelling, wire),
      ...(environment !== undefined && { environment }),
      isDefault: false,
      applicationId: wire.id,
      clientId: wire.client_id,
      ...more,
    },
  });
  const body = (inputs: Partial<Inputs<"Application">>, names: Iterable<string>, via: readonly string[]) => {
    const writes = toWire(connectSpelling, inputs, names, "PUT");
    return Object.assign({}, ...via.map((verb) => writes.get(verb))) as Record<string, unknown>;
  };
  const issueSecret = async (id: string): Promise<Held<"Application">> => {
    const issued = await rest.send<{ secret: string; secret_hint: string }>({
      method: "POST",
      path: `${path}/${id}/client_secrets`,
      json: {},
    });
    return { clientSecret: issued.secret, clientSecretHint: issued.secret_hint };
  };
  const byId = (id: string) =>
    rest.send<ConnectWire>({ method: "GET", path: `${path}/${id}` }).catch((error: unknown) => {
      unlessGone(error);
      return undefined;
    });

  return {
    async find({ environment, name }) {
      // with a dashboard token the environment can at least be known to exist
      if (config.token) await team.environment(environment);
      const [found, ...twins] = (await rest.all<ConnectWire>(path)).filter((app) => app.name === name);
      if (twins.length > 0)
        throw new Refused(
          `${twins.length + 1} applications are called "${name}": ${[found!, ...twins].map((app) => app.id).join(", ")}`,
          "Adopt one by its id, and rename or delete the others.",
        );
      return found && live(found, environment);
    },
    async create(inputs) {
      const made = await rest.send<ConnectWire>({
        method: "POST",
        path,
        json: body(inputs, Object.keys(inputs), ["POST", "PUT"]),
      });
      if (!inputs.credentials) return live(made, inputs.environment);
      try {
        return live(made, inputs.environment, await issueSecret(made.id));
      } catch (error) {
        throw new PartlyDone(made.id, live(made, inputs.environment).state, ["credentials"], error as Error);
      }
    },
    async read(id, held) {
      const app = await byId(id);
      return app && live(app, held.environment);
    },
    async update(id, { inputs, fields, held }) {
      const json = body(inputs, fields, ["PUT"]);
      if (Object.keys(json).length > 0)
        await rest.send({ method: "PUT", path: `${path}/${id}`, json, repeatable: true });
      const rotates =
        fields.has("credentials") && inputs.credentials && inputs.credentials.version !== held.credentials?.version;
      return live((await byId(id))!, inputs.environment, rotates ? await issueSecret(id) : {});
    },
    async delete(id) {
      await rest.send({ method: "DELETE", path: `${path}/${id}`, repeatable: true }).catch(unlessGone);
    },
    list: async ({ environment }) => (await rest.all<ConnectWire>(path)).map((app) => live(app, environment)),
  };
}
