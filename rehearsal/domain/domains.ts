import type { EnvironmentData } from "../store/objects";
import { environmentOf, projectOf, type Session } from "./session";

const isDomain = (text: string): boolean =>
  text.length <= 253 && /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(text);
const notFound = (environmentId: string) => ({ __typename: "EnvironmentNotFound", environmentId });

/** The domain that an environment signs people in at, or sends its mail from. The latter is the project's as well. */
export function setCustomDomain(
  session: Session,
  { environmentId, domain, use }: { environmentId: string; domain: string; use: "AUTH" | "EMAIL" },
) {
  const environment = environmentOf(session, environmentId);
  if (!environment) return notFound(environmentId);
  if (environment.data.sandbox)
    return {
      __typename: "CustomDomainRefused",
      message: "A custom domain is for production environments; staging uses the platform's.",
    };
  if (!isDomain(domain)) return { __typename: "CustomDomainRefused", message: `'${domain}' is not a domain name.` };
  const { store } = session;
  if (use === "EMAIL") {
    const project = projectOf(session, environment.parent)!;
    const emailDomains = [...new Set([...project.data.emailDomains, domain])];
    store.update(project, { data: { ...project.data, emailDomains } });
  }
  const own: Partial<EnvironmentData> = use === "EMAIL" ? { emailDomain: domain } : { customDomain: domain };
  return {
    __typename: "CustomDomainSet",
    environment: store.update(environment, { data: { ...environment.data, ...own } }),
  };
}

/** The built-in identity provider with which sign-in is tried out. */
export function setTestIdentityProvider(
  session: Session,
  { environmentId, enabled }: { environmentId: string; enabled: boolean },
) {
  const environment = environmentOf(session, environmentId);
  if (!environment) return notFound(environmentId);
  if (!environment.data.sandbox && enabled)
    return {
      __typename: "TestIdentityProviderRefused",
      message: "The test identity provider is for staging environments; production needs real connections.",
    };
  const data = { ...environment.data, testIdentityProvider: enabled };
  return { __typename: "TestIdentityProviderSet", environment: session.store.update(environment, { data }) };
}
