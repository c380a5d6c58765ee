import type { Finding } from "../../platform";
import type { Clients } from "../clients";
import { quoted } from "../dashboard/client";
import type { Located } from "../dashboard/team";
import type { Shown } from "./assumptions";
import { confirmed, notSeen, refuted } from "./findings";

interface FlagWire {
  readonly slug: string;
  readonly flagEnvironments: readonly { readonly environmentId: string; readonly flagEnabled: boolean }[];
}

interface Uri {
  readonly uri: string;
}
interface ApplicationWire {
  readonly redirectUris: readonly Uri[];
}

/** What a token and a key show beside each other, where the settings say which environment the key is of. */
export function lookAtBoth({ dashboard, team, rest, config }: Clients): Partial<Record<Shown, () => Promise<Finding>>> {
  const beside = async (compare: (place: Located) => Promise<Finding>): Promise<Finding> => {
    const { environment } = config;
    if (!environment) return notSeen("set `environment` (GOLIVE_ENVIRONMENT) to the id that the key is of");
    const [place] = await team.places({ environment: environment.value });
    return place ? compare(place) : notSeen(`the account lists no environment ${environment.value}`);
  };

  const letters = async ({ environment: { sandbox } }: Located): Promise<Finding> => {
    const what = `a key of ${sandbox ? "staging" : "production"}`;
    const found = config.apiKey?.secret.reveal().match(/^sk_(test|live)_/)?.[0];
    if (found === undefined) return notSeen(`${what} has other letters`);
    return found === (sandbox ? "sk_test_" : "sk_live_")
      ? confirmed(`${what} begins with ${found}`)
      : refuted(`${what} begins with ${found}`);
  };

  /** Only a flag whose switch differs between environments shows of which one a key speaks. */
  const switches = async ({ project, environment: { id } }: Located): Promise<Finding> => {
    const fields = "id slug flagEnvironments { environmentId flagEnabled }";
    const args = `projectId: ${quoted(project.id)}`;
    const flags = await dashboard.inside(id).all<FlagWire>("flagsForProject", args, fields);
    const byKey = await rest.all<{ slug: string; enabled: unknown }>("feature-flags");
    let isTold = false;
    for (const { slug, flagEnvironments: rules } of flags) {
      const here = rules.find(({ environmentId }) => environmentId === id);
      const seen = byKey.find((flag) => flag.slug === slug);
      if (!here || !seen) continue;
      if (seen.enabled !== here.flagEnabled) return refuted(`${slug} is ${String(seen.enabled)} to the key alone`);
      isTold ||= rules.some(({ flagEnabled }) => flagEnabled !== here.flagEnabled);
    }
    return isTold
      ? confirmed("flags that differ between environments")
      : notSeen("no flag differs between environments");
  };

  const redirectUris = async ({ environment: { id } }: Located): Promise<Finding> => {
    const text = `{ application: defaultUserlandApplication(environmentId: ${quoted(id)}) { id redirectUris { uri } } }`;
    const answer = await dashboard
      .inside(id)
      .query<{ application: ApplicationWire | null }>("defaultUserlandApplication", text);
    const [byToken, byKey] = [
      answer.application?.redirectUris,
      await rest.all<Uri>("user_management/redirect_uris"),
    ].map((uris) => JSON.stringify((uris ?? []).map(({ uri }) => uri).toSorted()));
    if (byToken !== byKey) return refuted(`the key shows ${byKey}, and the default application has ${byToken}`);
    return byKey === "[]" ? notSeen("there are no redirect URIs") : confirmed(`both show ${byKey}`);
  };

  return {
    "key-default-application": () => beside(redirectUris),
    "key-letters": () => beside(letters),
    "flag-switch": () => beside(switches),
  };
}
