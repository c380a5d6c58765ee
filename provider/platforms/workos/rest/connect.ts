import { Refused } from "../../../errors";
import type { Inputs } from "../../../resources";
import type { ChangedInputs, Held, Issuer, Live, Store } from "../../platform";
import { soleNamed } from "../dashboard/authkit";
import { dashboardConnect } from "../dashboard/connect";
import { authkitCodecs } from "../dashboard/authkit-codec";
import { sharedBy } from "../../wire/batching";
import type { Clients, ApiStore } from "../clients";
import { afterMaking, issued, present, unlessGone } from "../../wire/failures";
import { keyGuard } from "./key-guard";
import { apart, fromWire, lesser, own, scope, type Codecs, toWire, type Wire } from "../../wire/codec";

interface ConnectWire extends Wire {
  readonly id: string;
  readonly client_id: string;
  readonly name: string;
}
interface UriWire {
  readonly uri: string;
  readonly default?: boolean;
}
/** How an application that other software connects through is written on the environment API. */
const words: Partial<Codecs<"Application">> = {
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
  description: "description",
  firstParty: {
    select: "is_first_party",
    via: "POST",
    to: (isOwn) => ({ is_first_party: isOwn }),
    from: (wire) => wire["is_first_party"] as boolean | undefined,
  },
  pkce: {
    select: "uses_pkce",
    via: "POST",
    to: (pkce) => ({ uses_pkce: pkce }),
    from: (wire) => wire["uses_pkce"] as boolean | undefined,
  },
  scopes: "scopes",
  corsOrigins: "cors_origins",
  redirectUris: {
    select: "redirect_uris",
    to: (uris) => ({ redirect_uris: uris }),
    from: ({ redirect_uris: uris }) =>
      (uris as UriWire[] | null | undefined)?.map(({ uri, default: isDefault = false }) => ({
        uri,
        default: isDefault,
      })),
  },
  isDefault: own,
  credentials: apart,
};
const codecs = lesser(authkitCodecs, words, "belongs to applications that sign users in: leave it out");
const root = "connect/applications";
const at = (id: string) => `${root}/${encodeURIComponent(id)}`;

const liveIn = (
  wire: ConnectWire,
  environment: string | undefined,
  more: Live<"Application">["state"] = {},
): Live<"Application"> => ({
  id: wire.id,
  state: {
    ...fromWire(codecs, wire),
    // no endpoint says whose environment the key is
    ...(environment !== undefined && { environment }),
    isDefault: false,
    applicationId: wire.id,
    clientId: wire.client_id,
    ...more,
  },
});

const noSecret = { clientSecret: null, clientSecretHint: null };

/** The named inputs as the body of these methods: what only POST takes is fixed. */
const body = (inputs: ChangedInputs<"Application">, names: Iterable<string>, methods: readonly string[]): Wire => {
  const writes = toWire(codecs, inputs, names, "PUT");
  return Object.fromEntries(methods.flatMap((method) => Object.entries(writes.get(method) ?? {})));
};

function store(clients: Clients): Store<"Application"> {
  const { rest, config } = clients;
  const live = (wire: ConnectWire, environment: string | undefined, more?: Live<"Application">["state"]) =>
    liveIn(wire, environment ?? config.environment?.value, more);
  const guard = keyGuard(clients);
  const others = dashboardConnect.store(clients);
  const all = sharedBy(() => rest.all<ConnectWire>(root));
  const byId = (id: string) => rest.one<ConnectWire>(at(id), id).catch(unlessGone);
  /** A new client secret, shown in this answer only; those before it stay valid. */
  const issueSecret = async (id: string, issuer: Issuer | undefined): Promise<Held<"Application">> => {
    const path = `${at(id)}/client_secrets`;
    const one = await issued(issuer, {
      name: `the client secret of ${id}`,
      there: async () => {
        const listed = await rest.send<{ id: string }[]>({ method: "GET", path }).catch(unlessGone);
        return (listed ?? []).map((secret) => secret.id);
      },
      send: () => rest.send<{ secret: string; secret_hint: string }>({ method: "POST", path, json: {} }),
      end: (lost) => {
        const gone = { method: "DELETE", path: `connect/client_secrets/${encodeURIComponent(lost)}` } as const;
        return rest.send<void>({ ...gone, repeatable: true }).catch(unlessGone);
      },
    });
    return { clientSecret: one.secret, clientSecretHint: one.secret_hint };
  };
  /** Ends the secret that state holds. The list tells no more of each than its hint. */
  const revokeSecret = async (id: string, hint: string | undefined): Promise<typeof noSecret> => {
    const secrets = await rest.send<{ id: string; secret_hint: string }[]>({
      method: "GET",
      path: `${at(id)}/client_secrets`,
    });
    const [current, ...alike] = secrets.filter((secret) => secret.secret_hint === hint);
    if (alike.length > 0)
      throw new Refused(`two client secrets end in ${hint}`, "Revoke the one that is not used in the dashboard first.");
    if (current)
      await rest
        .send({ method: "DELETE", path: `connect/client_secrets/${encodeURIComponent(current.id)}`, repeatable: true })
        .catch(unlessGone);
    return noSecret;
  };

  return {
    async find({ environment, name }) {
      await guard(environment);
      const application = soleNamed(await all(root), name);
      return application && live(application, environment);
    },
    async create(inputs, issuer) {
      const json = body(inputs, Object.keys(inputs), ["POST", "PUT"]);
      const made = await rest.send<ConnectWire>({ method: "POST", path: root, json });
      const { environment, credentials } = inputs;
      const known = () => ({ state: live(made, environment).state, missing: ["credentials"] });
      return credentials
        ? afterMaking(made.id, known, async () => live(made, environment, await issueSecret(made.id, issuer)))
        : live(made, environment);
    },
    async read(id, held) {
      const application = await byId(id);
      return application && live(application, held.environment);
    },
    async update(id, { inputs, fields, held, issuer }) {
      const json = body(inputs, fields, ["PUT"]);
      if (Object.keys(json).length > 0) await rest.send({ method: "PUT", path: at(id), json, repeatable: true });
      const { credentials, environment } = inputs;
      const changes = fields.has("credentials") && credentials && credentials.version !== held.credentials?.version;
      const written = present(await byId(id), `application ${id}`);
      if (!changes) return live(written, environment);
      const isLeaving = credentials.version === null;
      return live(
        written,
        environment,
        isLeaving ? await revokeSecret(id, held.clientSecretHint) : await issueSecret(id, issuer),
      );
    },
    async delete(id) {
      await rest.send({ method: "DELETE", path: at(id), repeatable: true }).catch(unlessGone);
    },
    /** With a token the platform says whose each is; a key alone has one environment, and does not say which. */
    async list(scoped) {
      const seen = config.apiKey ? await all(root) : [];
      if (!config.token) return seen.map((application) => live(application, scoped.environment));
      const byKey = new Map(seen.map((application) => [application.id, application]));
      return (await others.list!(scoped)).map((told) => {
        const application = byKey.get(told.id);
        return application ? live(application, told.state.environment ?? undefined) : told;
      });
    },
  };
}
/** `oauth` and `m2m` applications: REST, with the key of their environment. */
export const connectApplications: ApiStore<"Application"> = { codecs, store };
