import { type Failure, isUnknown } from "../define";

interface RedirectUri {
  readonly uri: string;
  readonly default: boolean;
}
interface Draft {
  readonly redirectUris?: readonly RedirectUri[] | undefined;
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

const unsafe = /^(javascript|data|vbscript|blob|file):/i;
/** No redirect runs code or reads files, wherever it is registered. */
export const safeRedirects = ({ redirectUris }: Draft): Failure[] =>
  (Array.isArray(redirectUris) ? redirectUris : []).flatMap((r: Partial<RedirectUri> | undefined, i) =>
    typeof r?.uri === "string" && unsafe.test(r.uri)
      ? [
          {
            property: `redirectUris[${i}].uri`,
            reason:
              "has a scheme that runs code or reads files: write an https URL, or the scheme of a native application",
          },
        ]
      : [],
  );
