import { Unsupported } from "../../../errors";
import type { Inputs } from "../../../resources";
import type { Held, Live, Store } from "../../platform";
import { authkitCodecs } from "../dashboard/authkit-codec";
import { needed } from "../capabilities";
import type { Clients, ApiStore } from "../clients";
import { unlessGone } from "../../wire/failures";
import { apart, lasting, lesser, own, scope } from "../../wire/codec";

interface UriWire {
  readonly id: string;
  readonly uri: string;
  readonly default: boolean;
}
const defaultOf = (list: readonly { readonly uri: string; readonly default: boolean }[]) =>
  list.find((one) => one.default)?.uri;
/** What a key cannot take away. */
const keeps = {
  defaultUri:
    "an environment's key cannot take the default from a redirect URI: change it in the dashboard, or set GOLIVE_TOKEN",
  origins: "an environment's key deletes no CORS origin: delete it in the dashboard, declare it, or set GOLIVE_TOKEN",
};
const codecs = lesser<"Application">(
  authkitCodecs,
  {
    environment: scope,
    // a key does not show it; a change is refused
    name: apart,
    kind: own,
    redirectUris: lasting(apart, keeps.defaultUri, (held, value) => defaultOf(held) !== defaultOf(value ?? [])),
    corsOrigins: lasting(apart, keeps.origins, (held, value = []) => held.some((origin) => !value.includes(origin))),
    isDefault: own,
  },
  `needs ${needed.token}`,
);
const uris = "user_management/redirect_uris";
const origins = "user_management/cors_origins";
/** There is one in the environment of the key, and no endpoint tells its id: this stands for it. */
const only = "default";

function store({ rest, config }: Clients): Store<"Application"> {
  const read = async (
    { environment = config.environment?.value }: Pick<Held<"Application">, "environment">,
    id: string = only,
  ): Promise<Live<"Application">> => {
    const [redirects, allowed] = await Promise.all([rest.all<UriWire>(uris), rest.all<{ origin: string }>(origins)]);
    return {
      id,
      state: {
        ...(environment !== undefined && { environment }),
        isDefault: true,
        redirectUris: redirects.map(({ uri, default: isDefault }) => ({ uri, default: isDefault })),
        corsOrigins: allowed.map(({ origin }) => origin),
        applicationId: id,
      },
    };
  };

  const setRedirectUris = async (wanted: NonNullable<Inputs<"Application">["redirectUris"]>) => {
    const there = await rest.all<UriWire>(uris);
    const chosen = wanted.find((uri) => uri.default)?.uri;
    const current = there.find((uri) => uri.default)?.uri;
    if (current !== undefined && chosen !== current)
      throw new Unsupported(
        `an environment's key cannot take the default from ${current}${chosen ? ` and give it to ${chosen}` : ""}`,
        "Change the default in the dashboard, or set GOLIVE_TOKEN.",
      );
    for (const { uri } of wanted.filter((w) => !there.some((t) => t.uri === w.uri)))
      await rest.send({ method: "POST", path: uris, json: { uri } });
    for (const gone of there.filter((t) => !wanted.some((w) => w.uri === t.uri)))
      await rest.send({ method: "DELETE", path: `${uris}/${gone.id}`, repeatable: true }).catch(unlessGone);
  };

  const setCorsOrigins = async (wanted: readonly string[]) => {
    const there = (await rest.all<{ origin: string }>(origins)).map(({ origin }) => origin);
    const stuck = there.find((origin) => !wanted.includes(origin));
    if (stuck !== undefined)
      throw new Unsupported(
        `the API deletes no CORS origin, and ${stuck} is not declared`,
        "Delete it in the dashboard, declare it, or set GOLIVE_TOKEN.",
      );
    for (const origin of wanted.filter((w) => !there.includes(w)))
      await rest.send({ method: "POST", path: origins, json: { origin } });
  };

  return {
    find: (inputs) => read(inputs),
    claim: (inputs) => read(inputs),
    create: (inputs) => read(inputs),
    /** Whether any other id is the default application's, no endpoint says: only state that has it under that id does. */
    async read(id, held) {
      const isIt = id === only || (held.isDefault === true && held.applicationId === id);
      return isIt ? read(held, id) : undefined;
    },
    async update(id, { inputs, fields }) {
      if (fields.has("name"))
        throw new Unsupported("an environment's key cannot rename an application", "Set GOLIVE_TOKEN.");
      if (fields.has("redirectUris")) await setRedirectUris(inputs.redirectUris ?? []);
      if (fields.has("corsOrigins")) await setCorsOrigins(inputs.corsOrigins ?? []);
      return read({ environment: inputs.environment }, id);
    },
    delete: async () => "The default application of the environment stays as it is; golive no longer manages it.",
  };
}
/**
 * The default application of the key's environment, as far as that key reaches: its redirect URIs and CORS origins.
 * REST moves no default and deletes no origin, and says so here instead of leaving them silently.
 */
export const defaultApplication: ApiStore<"Application"> = { codecs, store };
