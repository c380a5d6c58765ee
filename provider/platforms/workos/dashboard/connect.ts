import { Unsupported } from "../../../errors";
import type { Inputs } from "../../../resources";
import type { Live, Store } from "../../platform";
import { sharedBy } from "../../wire/batching";
import { type Codecs, fromWire, lesser, own, scope, selection, toWire, unsupported, type Wire } from "../../wire/codec";
import { afterMaking, present, unlessGone } from "../../wire/failures";
import { needed } from "../capabilities";
import type { ApiStore, Clients } from "../clients";
import { soleNamed } from "./authkit";
import { authkitCodecs } from "./authkit-codec";
import { type EnvironmentId, listed, notAnswered, quoted } from "./client";
import { located } from "./located";

export interface ConnectWire extends Wire {
  readonly id: string;
  readonly name: string;
  readonly clientId: string;
}
interface UriWire {
  readonly uri: string;
  readonly isDefault: boolean;
}
interface Page {
  readonly data?: readonly ConnectWire[];
  readonly listMetadata?: { readonly after: string | null };
}
const setUris = "setRedirectUris";
const needsKey = `needs ${needed.apiKey}`;

/** How an application that other software connects through is written on the dashboard API. */
const words: Partial<Codecs<"Application">> = {
  environment: scope,
  name: "name",
  kind: {
    select: "type",
    via: "createApplication",
    to: (kind) => ({ type: kind === "m2m" ? "M2M" : "OAuth" }),
    from: ({ type }) => (type as string).toLowerCase() as Inputs<"Application">["kind"],
  },
  organization: {
    select: "... on ThirdPartyApplication { organization { id } }",
    via: "createApplication",
    to: (organizationId) => ({ organizationId }),
    from: ({ organization }) => (organization as { id: string } | null | undefined)?.id ?? null,
  },
  description: "description",
  // whoever names an organization makes an application of that organization, and nobody else can
  firstParty: { select: "isFirstParty", to: () => ({}), from: ({ isFirstParty }) => isFirstParty as boolean },
  pkce: {
    select: "clientConfidentiality",
    via: "createApplication",
    to: (pkce) => ({ clientConfidentiality: pkce ? "Public" : "Confidential" }),
    from: ({ clientConfidentiality: kept }) => kept === "Public",
  },
  redirectUris: {
    select: "redirectUris { uri isDefault }",
    via: setUris,
    to: (uris) => ({ redirectUris: uris.map(({ uri, default: isDefault }) => ({ uri, isDefault })) }),
    from: ({ redirectUris }) => (redirectUris as UriWire[]).map(({ uri, isDefault }) => ({ uri, default: isDefault })),
  },
  isDefault: own,
  scopes: unsupported(needsKey),
  credentials: unsupported(`${needsKey}; it issues client secrets, and a token does not`),
};
const codecs = lesser<"Application">(authkitCodecs, words, needsKey);
const fields = `id clientId ${selection(codecs)}`;

const created = [`ApplicationCreated { application { ${fields} } }`, "OrganizationNotFound { organizationId }"];
const updated = ["ApplicationUpdated { __typename }", "ApplicationNotFound { applicationId }"];
const deleted = ["ApplicationDeleted { id }", "ApplicationNotFound { applicationId }"];
const urisSet = [
  "RedirectUrisSet { __typename }",
  "InvalidRedirectUriError { message uri }",
  "InvalidWildcardRedirectUri { message uri }",
];

const live = (wire: ConnectWire, environment: string): Live<"Application"> => ({
  id: wire.id,
  state: {
    ...fromWire(codecs, wire),
    environment,
    isDefault: false,
    applicationId: wire.id,
    clientId: wire.clientId,
  },
});

/** The Connect applications of an environment. The platform says itself whose they are. */
export function connectIn({ dashboard, team }: Pick<Clients, "dashboard" | "team">) {
  return sharedBy(async (environment): Promise<readonly ConnectWire[]> => {
    const inside = await team.environment(environment);
    const found: ConnectWire[] = [];
    for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
      const page: string = `limit: 100${after === undefined ? "" : `, after: ${quoted(after)}`}`;
      const list = `applications(${page}) { data { ${fields} } listMetadata { after } }`;
      const text = `{ environment(id: ${quoted(inside)}) { id ${list} } }`;
      const answer = await dashboard
        .inside(inside)
        .query<{ environment: { applications?: Page } | null }>("environment", text);
      const applications: Page | undefined = answer.environment?.applications;
      found.push(...listed("applications", applications?.data));
      const next: string | undefined = applications?.listMetadata?.after ?? undefined;
      if (next !== undefined && next === after) throw notAnswered("applications", "the same page twice");
      after = next;
    }
    return found;
  });
}

function store(clients: Clients): Store<"Application"> {
  const { dashboard, team } = clients;
  const inEnvironment = connectIn(clients);
  const isIn = async ({ id }: ConnectWire, inside: EnvironmentId) =>
    (await inEnvironment(inside)).some((application) => application.id === id);
  const locate = located<ConnectWire>(clients, "application", fields, isIn);
  const expect = async (id: string, inside: EnvironmentId) => {
    const { wire } = present(await locate(id, inside), `application ${id}`);
    return live(wire, inside);
  };
  const setRedirectUris = (id: string, wire: Wire, inside: EnvironmentId) =>
    dashboard.inside(inside).mutate(setUris, { applicationId: id, ...wire }, urisSet, { repeatable: true });

  return {
    async find({ environment, name }) {
      const application = soleNamed(await inEnvironment(environment), name);
      return application && live(application, environment);
    },
    async create(inputs) {
      if (inputs.firstParty === true && inputs.organization !== undefined)
        throw new Unsupported("a token makes every application of an organization somebody else's", `It ${needsKey}.`);
      // it is made in the environment of the header, and in no other: that one is asked now, not remembered
      const inside = present(await team.place(inputs.environment), `environment ${inputs.environment}`).environment.id;
      const writes = toWire(codecs, inputs, Object.keys(inputs), "updateApplication");
      const input = { ...writes.get("createApplication"), ...writes.get("updateApplication") };
      const { application } = await dashboard
        .inside(inside)
        .mutate<{ application: ConnectWire }>("createApplication", input, created);
      const uris = writes.get(setUris);
      if (!uris) return live(application, inside);
      const known = () => ({ state: live(application, inside).state, missing: ["redirectUris"] });
      return afterMaking(application.id, known, async () => {
        await setRedirectUris(application.id, uris, inside);
        return expect(application.id, inside);
      });
    },
    async read(id, held) {
      const found = await locate(id, held.environment);
      return found && live(found.wire, found.inside);
    },
    async update(id, { inputs, fields: changed }) {
      const inside = await team.environment(inputs.environment);
      const writes = toWire(codecs, inputs, changed, "updateApplication");
      const wire = writes.get("updateApplication");
      const input = { applicationId: id, ...wire };
      if (wire && Object.keys(wire).length > 0)
        await dashboard.inside(inside).mutate("updateApplication", input, updated, { repeatable: true });
      const uris = writes.get(setUris);
      if (uris) await setRedirectUris(id, uris, inside);
      return expect(id, inside);
    },
    async delete(id, held) {
      const found = await locate(id, held.environment);
      if (!found) return;
      const input = { applicationId: id };
      const options = { repeatable: true };
      await dashboard.inside(found.inside).mutate("deleteApplication", input, deleted, options).catch(unlessGone);
    },
    async list(scoped) {
      const places = await team.places(scoped);
      const found = await Promise.all(
        places.map(async ({ environment: { id } }) => (await inEnvironment(id)).map((wire) => live(wire, id))),
      );
      return found.flat();
    },
  };
}
/** `oauth` and `m2m` applications for a person. No secret comes back: where one is wanted, it takes the environment's key. */
export const dashboardConnect: ApiStore<"Application"> = { codecs, store };
