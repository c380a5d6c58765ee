import { Refused, Unsupported } from "../../../errors";
import type { ChangedInputs, Held, Live, Store } from "../../platform";
import { type ApplicationWire, authkitCodecs as codecs } from "./authkit-codec";
import { sharedBy } from "../../wire/batching";
import { type Clients, type ApiStore, requireExtension } from "../clients";
import { byHand } from "../capabilities";
import { type EnvironmentId, quoted } from "./client";
import { located } from "./located";
import { afterMaking, present, unlessGone } from "../../wire/failures";
import { type AnyCodecs, fromWire, selection, toWire, writerOf } from "../../wire/codec";

const fields = `id clientId environmentId ${selection(codecs)}`;
const create = "createUserlandApplication";
const update = "updateUserlandApplication";
const gone = "UserlandApplicationNotFound { applicationId }";

/** What each mutation answers, success first. */
const members = {
  [create]: [
    `UserlandApplicationCreated { userlandApplication { ${fields} } }`,
    "UserlandApplicationValidationFailed { message }",
    "EnvironmentNotFound { environmentId }",
  ],
  [update]: ["UserlandApplicationUpdated { __typename }", "UserlandApplicationValidationFailed { message }", gone],
  deleteUserlandApplication: [
    "UserlandApplicationDeleted { applicationId }",
    gone,
    "UserlandApplicationCannotDeleteDefault { message }",
  ],
  rotateUserlandApplicationSecret: ["UserlandApplicationSecretRotated { secret last4 }", gone],
  setUserlandApplicationRedirectUris: [
    "RedirectUrisSet { __typename }",
    "InvalidRedirectUriError { message uri }",
    "InvalidWildcardRedirectUri { message uri }",
  ],
  setUserlandApplicationLogoutUris: [
    "LogoutUrisSet { __typename }",
    "InvalidLogoutUriError { message uri }",
    "InvalidWildcardLogoutUri { message uri }",
    "MultipleDefaultUrisError { message }",
  ],
  setUserlandApplicationWebOrigins: [
    "WebOriginsSet { __typename }",
    "InvalidWebOriginProtocol { message uri }",
    "InvalidWildcardWebOrigin { message uri }",
    "MalformedWebOrigin { message uri }",
    "WildcardNotAllowedInEnvironment { message uri }",
  ],
} as const;
type Mutation = keyof typeof members;

/** Every URL of an application, not set. */
const noUrls = Object.fromEntries(
  Object.entries(codecs as AnyCodecs).flatMap(([name, word]) =>
    typeof word === "string" && name !== "name" ? [[word, null]] : [],
  ),
);

const live = (wire: ApplicationWire, more: Held<"Application"> = {}): Live<"Application"> => ({
  id: wire.id,
  state: {
    ...fromWire(codecs, wire),
    environment: wire.environmentId,
    applicationId: wire.id,
    clientId: wire.clientId,
    ...more,
  },
});

/** The only one that is called so: which of several is meant, nobody can tell. */
export function soleNamed<W extends { readonly id: string; readonly name: string }>(
  all: readonly W[],
  name: string,
): W | undefined {
  const named = all.filter((application) => application.name === name);
  if (named.length <= 1) return named[0];
  throw new Refused(
    `${named.length} applications are called "${name}": ${named.map(({ id }) => id).join(", ")}`,
    "Adopt one by its id, and rename or delete the others.",
  );
}

function store(clients: Clients): Store<"Application"> {
  const { dashboard, team } = clients;
  const inEnvironment = sharedBy(async (id) => {
    const inside = await team.environment(id);
    const args = `environmentId: ${quoted(id)}, order: Desc`;
    return dashboard.inside(inside).all<ApplicationWire>("userlandApplications", args, fields);
  });
  const isIn = (wire: ApplicationWire, inside: string) => wire.environmentId === inside;
  const locate = located<ApplicationWire>(clients, "userlandApplication", fields, isIn);
  const expect = async (id: string, inside: EnvironmentId) =>
    present(await locate(id, inside), `application ${id}`).wire;

  const mutate = (mutation: Mutation, applicationId: string, input: object, inside: EnvironmentId, repeatable = true) =>
    dashboard
      .inside(inside)
      .mutate<{ secret: string; last4: string }>(mutation, { applicationId, ...input }, members[mutation], {
        repeatable,
      });
  /** Sends what is declared of these inputs, one mutation after another. */
  const write = async (
    id: string,
    inputs: Partial<ChangedInputs<"Application">>,
    names: Iterable<string>,
    inside: EnvironmentId,
  ) => {
    for (const [mutation, wire] of toWire(codecs, inputs, names, update))
      if (Object.keys(wire).length > 0) await mutate(mutation as Mutation, id, wire, inside);
  };
  /** A new client secret, shown in this answer only. */
  const issueSecret = async (id: string, inside: EnvironmentId): Promise<Held<"Application">> => {
    requireExtension(clients, "rotateClientSecret");
    const { secret, last4 } = await mutate("rotateUserlandApplicationSecret", id, {}, inside, false);
    return { clientSecret: secret, clientSecretHint: last4 };
  };

  return {
    async find({ environment, name }) {
      const application = soleNamed(await inEnvironment(environment), name);
      return application && live(application);
    },
    async claim({ environment, isDefault }) {
      if (!isDefault) return undefined;
      const inside = await team.environment(environment);
      const text = `{ application: defaultUserlandApplication(environmentId: ${quoted(inside)}) { ${fields} } }`;
      const { application } = await dashboard
        .inside(inside)
        .query<{ application: ApplicationWire | null }>("defaultUserlandApplication", text);
      return live(present(application ?? undefined, `the default application of ${environment}`));
    },
    async create(inputs) {
      const { environment, credentials } = inputs;
      const inside = await team.environment(environment);
      const writes = toWire(codecs, inputs, Object.keys(inputs), create);
      const { userlandApplication: made } = await dashboard
        .inside(inside)
        .mutate<{ userlandApplication: ApplicationWire }>(
          create,
          { environmentId: inside, ...writes.get(create) },
          members[create],
        );
      writes.delete(create);
      if (writes.size === 0 && !credentials) return live(made);
      const left = new Set([...writes.keys(), ...(credentials ? ["credentials"] : [])]);
      const known = () => ({
        state: live(made).state,
        missing: Object.keys(inputs).filter((name) => left.has(writerOf(codecs as AnyCodecs, name, create) ?? name)),
      });
      return afterMaking(made.id, known, async () => {
        for (const [mutation, wire] of writes) {
          await mutate(mutation as Mutation, made.id, wire, inside);
          left.delete(mutation);
        }
        const written = await expect(made.id, inside);
        return live(written, credentials ? await issueSecret(made.id, inside) : {});
      });
    },
    async read(id, held) {
      const found = await locate(id, held.environment);
      return found && live(found.wire);
    },
    async update(id, { inputs, fields: changed, held }) {
      const { environment, credentials } = inputs;
      if (credentials?.version === null) throw new Unsupported("its client secret stays", byHand.revokeClientSecret);
      const inside = await team.environment(environment);
      await write(id, inputs, changed, inside);
      const rotates = changed.has("credentials") && credentials && credentials.version !== held.credentials?.version;
      // the secret is shown once: nothing that can fail comes after it
      const written = await expect(id, inside);
      return live(written, rotates ? await issueSecret(id, inside) : {});
    },
    async delete(id, held) {
      const found = await locate(id, held.environment);
      if (!found) return undefined;
      const { wire: application, inside } = found;
      if (!application.isDefault) {
        await mutate("deleteUserlandApplication", id, {}, inside).catch(unlessGone);
        return undefined;
      }
      const empty = { redirectUris: [], logoutUris: [], corsOrigins: [] };
      await write(id, empty, Object.keys(empty), inside);
      await mutate(update, id, noUrls, inside);
      return `Application "${application.name}" (${id}) is the default one of its environment: its URIs were reset, and it stays.`;
    },
    async list(scoped) {
      const places = await team.places(scoped);
      const found = await Promise.all(places.map(({ environment }) => inEnvironment(environment.id)));
      return found.flat().map((application) => live(application));
    },
  };
}
/** Applications that sign users in, on the dashboard API. */
export const authkitApplications: ApiStore<"Application"> = { codecs, store };
