import { Unsupported } from "../../errors";
import type { Held, Live, Store } from "../platform";
import type { Context } from "./context";
import { unlessGone } from "./project";

interface UriWire {
  readonly id: string;
  readonly uri: string;
  readonly default: boolean;
}
const paths = { uris: "user_management/redirect_uris", origins: "user_management/cors_origins" } as const;
const id = "default";

/**
 * The default application of the key's environment, as far as that key reaches: its redirect URIs and CORS origins.
 * REST sets no default URI and deletes no origin, and says so here instead of leaving them silently.
 */
export function defaultApplication({ rest }: Context): Store<"Application"> {
  const read = async ({ environment, name }: Held<"Application">): Promise<Live<"Application">> => {
    const [uris, origins] = await Promise.all([
      rest.all<UriWire>(paths.uris),
      rest.all<{ origin: string }>(paths.origins),
    ]);
    return {
      id,
      state: {
        ...(environment !== undefined && { environment }),
        ...(name !== undefined && { name }),
        isDefault: true,
        redirectUris: uris.map(({ uri, default: isDefault }) => ({ uri, default: isDefault })),
        corsOrigins: origins.map(({ origin }) => origin),
        applicationId: id,
        clientId: "",
      },
    };
  };
  return {
    find: read,
    claim: read,
    create: read,
    read: (_id, held) => read(held),
    async update(_id, { inputs, fields }) {
      const uris = await rest.all<UriWire>(paths.uris);
      const wanted = inputs.redirectUris ?? [];
      const chosen = wanted.find((uri) => uri.default);
      if (fields.has("redirectUris") && chosen && uris.some((u) => u.default && u.uri !== chosen.uri))
        throw new Unsupported(
          `an environment's key cannot make ${chosen.uri} the default redirect URI`,
          "Make it the default in the dashboard, or set GOLIVE_TOKEN.",
        );
      if (fields.has("redirectUris")) {
        for (const { uri } of wanted.filter((w) => !uris.some((u) => u.uri === w.uri)))
          await rest.send({ method: "POST", path: paths.uris, json: { uri } });
        for (const gone of uris.filter((u) => !u.default && !wanted.some((w) => w.uri === u.uri)))
          await rest.send({ method: "DELETE", path: `${paths.uris}/${gone.id}`, repeatable: true }).catch(unlessGone);
      }
      if (fields.has("corsOrigins")) {
        const origins = await rest.all<{ origin: string }>(paths.origins);
        const stuck = origins.find(({ origin }) => !inputs.corsOrigins?.includes(origin));
        if (stuck)
          throw new Unsupported(
            `the API deletes no CORS origin, and ${stuck.origin} is not declared`,
            "Delete it in the dashboard, or declare it.",
          );
        for (const origin of inputs.corsOrigins ?? [])
          if (!origins.some((o) => o.origin === origin))
            await rest.send({ method: "POST", path: paths.origins, json: { origin } });
      }
      return read(inputs);
    },
    delete: async () => "The default application of the environment stays as it is; golive no longer manages it.",
  };
}
