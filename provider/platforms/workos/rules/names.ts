import { type Failure, isUnknown } from "../../../define";

/** WorkOS has two types of environment. */
export const typeRules = ({ type }: { readonly type?: string | undefined }): Failure[] =>
  type === "development"
    ? [
        {
          property: "type",
          reason: "is `staging` or `production` at WorkOS: declare a staging environment for development",
        },
      ]
    : [];

/** What a slug may be there. */
export const slugRules = ({ slug }: { readonly slug?: string | undefined }): Failure[] =>
  slug === undefined || isUnknown(slug) || /^[a-z0-9][a-z0-9_-]{0,99}$/.test(slug)
    ? []
    : [
        {
          property: "slug",
          reason: "use lower-case letters, digits, `-` and `_`, at most 100, starting with a letter or digit",
        },
      ];
