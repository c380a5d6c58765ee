import { PartlyDone, Refused } from "../../errors";
import type { Inputs } from "../../resources";
import type { Held, Live, Store } from "../platform";
import { type ApplicationWire, spelling } from "./authkit-fields";
import { type Context, requireExtension } from "./context";
import { unlessGone } from "./project";
import { fromWire, selection, toWire } from "./spelling";
import { sharing } from "./team";

type Application = Inputs<"Application">;
const fields = `id name clientId environmentId isDefault ${selection(spelling)}`;
const failed = ["UserlandApplicationValidationFailed { message }", "UserlandApplicationNotFound { applicationId }"];

/** What each mutation answers, success first. */
const members: Readonly<Record<string, readonly string[]>> = {
  updateAuthkitApplication: ["UserlandApplicationUpdated { __typename }", ...failed],
  setAuthkitApplicationRedirectUris: [
    "RedirectUrisSet { __typename }",
    "InvalidRedirectUriError { message uri }",
    "InvalidWildcardRedirectUri { message uri }",
  ],
  setAuthkitApplicationLogoutUris: [
    "LogoutUrisSet { __typename }",
    "InvalidLogoutUriError { message uri }",
    "MultipleDefaultUrisError { message }",
  ],
  setAuthkitApplicationWebOrigins: [
    "WebOriginsSet { __typename }",
    "InvalidWebOriginProtocol { message }",
    "InvalidWildcardWebOrigin { message }",
    "MalformedWebOrigin { message }",
    "WildcardNotAllowedInEnvironment { message }",
  ],
};
/** What a default application is reset to when it leaves a stack. */
const empty = { redirectUris: [], logoutUris: [], corsOrigins: [] } as const;

const live = (wire: ApplicationWire, more: Held<"Application"> = {}): Live<"Application"> => ({
  id: wire.id,
  state: {
    ...fromWire(spelling, wire),
    environment: wire.environmentId,
    applicationId: wire.id,
    clientId: wire.clientId,
    ...more,
  },
});

/** Applications that sign users in, on the dashboard plane. */
export function authkitApplications(context: Context): Store<"Application"> {
  const { dashboard, team } = context;
  const share = sharing<readonly ApplicationWire[]>();

  const inEnvironment = (environmentId: string) =>
    share(environmentId, async () => {
      await team.environment(environmentId);
      const found: ApplicationWire[] = [];
      for (let after: string | null = null, first = true; first || after; first = false) {
        const text = `query Golive($environmentId: ID!, $after: ID) { authkitApplications(environmentId: $environmentId, limit: 100, order: Desc, after: $after) { data { ${fields} } listMetadata { after } } }`;
        type Page = { authkitApplications: { data: ApplicationWire[]; listMetadata: { after: string | null } } };
        const page: Page = await dashboard.query<Page>(
          "authkitApplications",
          text,
          { environmentId, after },
          environmentId,
        );
        found.push(...page.authkitApplications.data);
        after = page.authkitApplications.listMetadata.after;
      }
      return found;
    });

  const byId = async (id: string): Promise<ApplicationWire | undefined> => {
    const text = `query Golive($id: ID!) { authkitApplication(id: $id) { ${fields} } }`;
    const { authkitApplication } = await dashboard.query<{ authkitApplication: ApplicationWire | null }>(
      "authkitApplication",
      text,
      { id },
    );
    return authkitApplication ?? undefined;
  };

  /** Sends what is declared, one mutation after another; answers the inputs that are not written when one is refused. */
  const write = async (applicationId: string, inputs: Partial<Application>, names: Iterable<string>): Promise<void> => {
    const wanted = [...names];
    for (const [mutation, wire] of toWire(spelling, inputs, wanted, "updateAuthkitApplication"))
      if (Object.keys(wire).length > 0)
        await dashboard.mutate(mutation, { applicationId, ...wire }, members[mutation]!, { repeatable: true });
  };

  /** A new client secret, shown in this answer only. */
  const issueSecret = async (applicationId: string): Promise<Held<"Application">> => {
    requireExtension(context, "rotateClientSecret");
    const { secret, last4 } = await dashboard.mutate<{ secret: string; last4: string }>(
      "rotateAuthkitApplicationSecret",
      { applicationId },
      ["UserlandApplicationSecretRotated { secret last4 }", "UserlandApplicationNotFound { applicationId }"],
    );
    return { clientSecret: secret, clientSecretHint: last4 };
  };

  return {
    async find({ environment, name }) {
      const [found, ...twins] = (await inEnvironment(environment)).filter((app) => app.name === name);
      if (twins.length > 0)
        throw new Refused(
          `${twins.length + 1} applications are called "${name}": ${[found!, ...twins].map((app) => app.id).join(", ")}`,
          "Adopt one by its id, and rename or delete the others.",
        );
      return found && live(found);
    },
    async claim({ environment, isDefault }) {
      if (!isDefault) return undefined;
      const app = (await inEnvironment(environment)).find((candidate) => candidate.isDefault);
      return app && live(app);
    },
    async create(inputs) {
      const { environment, credentials } = inputs;
      await team.environment(environment);
      const names = Object.keys(inputs);
      const { createAuthkitApplication: own, ...others } = Object.fromEntries(
        toWire(spelling, inputs, names, "createAuthkitApplication"),
      );
      const later = Object.keys(others);
      const { userlandApplication: made } = await dashboard.mutate<{ userlandApplication: ApplicationWire }>(
        "createAuthkitApplication",
        { environmentId: environment, ...own },
        [
          `UserlandApplicationCreated { userlandApplication { ${fields} } }`,
          "UserlandApplicationValidationFailed { message }",
          "EnvironmentNotFound { environmentId }",
        ],
        { environmentId: environment },
      );
      const done = new Set(names.filter((name) => !later.some((via) => isWrittenBy(name, via))));
      try {
        for (const via of later) {
          const written = names.filter((name) => isWrittenBy(name, via));
          await write(made.id, inputs, written);
          for (const name of written) done.add(name);
        }
        const secret = credentials ? await issueSecret(made.id) : {};
        return live((await byId(made.id))!, secret);
      } catch (error) {
        const lacking = [...names.filter((name) => !done.has(name)), ...(credentials ? ["credentials"] : [])];
        throw new PartlyDone(made.id, live(made).state, lacking, error as Error);
      }
    },
    async read(id) {
      const app = await byId(id);
      return app && live(app);
    },
    async update(id, { inputs, fields: changed, held }) {
      await write(id, inputs, changed);
      const before = held.credentials?.version;
      const rotates =
        changed.has("credentials") && inputs.credentials !== undefined && inputs.credentials.version !== before;
      const secret = rotates ? await issueSecret(id) : {};
      return live((await byId(id))!, secret);
    },
    async delete(id) {
      const app = await byId(id);
      if (!app) return undefined;
      if (app.isDefault) {
        await write(id, empty as unknown as Application, Object.keys(empty));
        return `Application "${app.name}" (${id}) is the default one of its environment: its URIs were reset, and it stays.`;
      }
      const all = [
        "UserlandApplicationDeleted { applicationId }",
        "UserlandApplicationNotFound { applicationId }",
        "UserlandApplicationCannotDeleteDefault { message }",
      ];
      await dashboard
        .mutate("deleteAuthkitApplication", { applicationId: id }, all, { repeatable: true })
        .catch(unlessGone);
      return undefined;
    },
    list: async ({ environment }) =>
      environment === undefined ? [] : (await inEnvironment(environment)).map((app) => live(app)),
  };
}

/** Whether an input is written by this mutation rather than with the object. */
const isWrittenBy = (name: string, via: string): boolean => {
  const word: unknown = Reflect.get(spelling, name);
  return typeof word === "object" && word !== null && "via" in word && word.via === via;
};
