import { type Failure, isUnknown } from "../define";
import { onceNamed } from "./twice";

interface Flag {
  readonly variants?:
    | readonly { readonly key: string; readonly share: number; readonly payload?: string | undefined }[]
    | undefined;
  readonly payload?: string | undefined;
  readonly secretPayload?: string | undefined;
  readonly remoteConfig?: boolean | undefined;
  readonly bucketing?: string | undefined;
  readonly persistAcrossLogin?: boolean | undefined;
}
interface Shared {
  readonly shares?: readonly { readonly variant: string; readonly share: number }[] | undefined;
}
/** Shares are a whole, up to what decimals lose. */
const sumFault = (property: string, shares: readonly { readonly share: number }[]): Failure[] => {
  const sum = Number(shares.reduce((total, { share }) => total + share, 0).toFixed(6));
  return shares.length === 0 || sum === 100
    ? []
    : [{ property, reason: `shares sum to ${sum}: together they are 100` }];
};

/** Variants have keys of their own, and shares that are a whole. */
export const variantRules = ({ variants }: Flag): Failure[] =>
  variants === undefined || isUnknown(variants)
    ? []
    : [...onceNamed("variants", "key")({ variants }), ...sumFault("variants", variants)];

/** Shares of one environment are a whole of their own. */
export const shareRules = ({ shares }: Shared): Failure[] =>
  shares === undefined || isUnknown(shares)
    ? []
    : [...onceNamed("shares", "variant")({ shares }), ...sumFault("shares", shares)];

/** What a flag gives along with its answer, and what excludes each other. */
export const payloadRules = (flag: Flag): Failure[] => {
  const { variants, payload, secretPayload, remoteConfig, bucketing, persistAcrossLogin } = flag;
  const hasVariants = variants !== undefined && variants.length > 0;
  const one = (fails: boolean, property: string, reason: string) => (fails ? [{ property, reason }] : []);
  return [
    ...one(payload !== undefined && hasVariants, "payload", "belongs to a flag without variants: give each its own"),
    ...one(
      secretPayload !== undefined && (payload !== undefined || hasVariants),
      "secretPayload",
      "is the only payload of a flag: leave `payload` and `variants` out",
    ),
    ...one(
      secretPayload !== undefined && remoteConfig !== true && !isUnknown(remoteConfig),
      "secretPayload",
      "is for a remote configuration: set `remoteConfig: true`",
    ),
    ...one(
      bucketing === "device" && persistAcrossLogin === true,
      "persistAcrossLogin",
      "keeps what a user got, and `bucketing` goes by device: leave one of the two out",
    ),
  ];
};
