import { type Failure, isUnknown } from "../define";

interface RedirectUri {
  readonly uri: string;
  readonly default: boolean;
}
interface Draft {
  readonly redirectUris?: readonly RedirectUri[] | undefined;
  readonly logoutUris?: readonly string[] | undefined;
}

/** A single redirect URI is the default without saying so. */
export const soleDefault = <D extends Draft>({ redirectUris }: D): { redirectUris?: RedirectUri[] } => {
  const [only, ...others] = Array.isArray(redirectUris) ? redirectUris : [];
  return typeof only === "object" && others.length === 0 && !isUnknown(only.default)
    ? { redirectUris: [{ ...only, default: true }] }
    : {};
};

/** Of several redirect URIs exactly one is the default, and no URI is written twice. */
export const oneDefault = ({ redirectUris }: Draft): Failure[] => {
  if (!redirectUris?.length || isUnknown(redirectUris)) return [];
  const defaults = redirectUris.flatMap((r, i) => (r.default ? [i] : []));
  const twice = redirectUris.flatMap((r, i) => (redirectUris.findIndex((o) => o.uri === r.uri) < i ? [i] : []));
  return [
    ...(defaults.length === 0
      ? [{ property: "redirectUris", reason: "exactly one redirect URI is the default: set `default: true` on one" }]
      : defaults.slice(1).map((i) => ({
          property: `redirectUris[${i}].default`,
          reason: `exactly one redirect URI is the default, and redirectUris[${defaults[0]}] is it: remove one of the two`,
        }))),
    ...twice.map((i) => ({ property: `redirectUris[${i}].uri`, reason: "is listed twice: remove one" })),
  ];
};

/** They run code or read files where a person should have been sent, or are no place for a browser. */
const unsafe = /^(javascript|data|vbscript|blob|file|filesystem|about|view-source):/i;
const noPlace = /^(ftp|wss?):/i;

/** Why nobody is sent to an address of this scheme, wherever it is registered. */
export function schemeFault(uri: string): string | undefined {
  if (unsafe.test(uri))
    return "has a scheme that runs code or reads files: write an https URL, or the scheme of a native application";
  return noPlace.test(uri)
    ? "has a scheme that no browser is sent to: write an https URL, or the scheme of a native application"
    : undefined;
}

/** No redirect, after login or logout, runs code or reads files. */
export const safeRedirects = ({ redirectUris, logoutUris }: Draft): Failure[] => {
  const written = [
    ...(Array.isArray(redirectUris) ? redirectUris : []).map((r: Partial<RedirectUri> | null | undefined, i) => ({
      property: `redirectUris[${i}].uri`,
      uri: r?.uri as unknown,
    })),
    ...(Array.isArray(logoutUris) ? logoutUris : []).map((uri: unknown, i) => ({ property: `logoutUris[${i}]`, uri })),
  ];
  return written.flatMap(({ property, uri }) => {
    const reason = typeof uri === "string" && !isUnknown(uri) ? schemeFault(uri) : undefined;
    return reason ? [{ property, reason }] : [];
  });
};
