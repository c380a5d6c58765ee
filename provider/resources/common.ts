import { z } from "zod";
import { type Definition, type Fields, field, isUnknown } from "../define";
import { webOriginFault } from "../rules/origins";
import { uriFault, webUrlFault } from "../rules/uri";

/** Inputs that every resource takes. */
export const commonInputs = {
  /**
   * Takes over an object that exists: its id, or `true` to find it by its natural key. It is brought to the declared
   * inputs and owned from then on. Read when the resource is created; afterwards it may stay or go.
   */
  adopt: field(z.union([z.string().min(1), z.boolean()]).optional(), {
    local: true,
    createOnly: true,
    crossing: "drop",
  }),
};

/** Outputs that every resource has. */
export const commonOutputs = {
  /** Where the object was made: the account's id, or the fingerprint of the key where only a key is known. golive refuses to touch it with credentials of another. */
  account: field(z.string(), { kept: true, crossing: "drop" }),
};

/** Type of the environment that a resource lives in. */
export const environmentType = () =>
  field(z.enum(["development", "staging", "production"]).optional(), {
    local: true,
    from: ["environment", "type"],
    crossing: "drop",
  });

/** The guard of what is in an environment and cannot be had back: as the environment's own is, or on in production. */
export const deletionProtection = (protects: string) =>
  field(z.boolean().optional(), {
    local: true,
    protects,
    from: ["environment", "deletionProtection"],
    crossing: "drop",
  });

/** What is in production is protected without saying so. */
export const protectedInProduction = (draft: {
  readonly environmentType?: string | undefined;
  readonly deletionProtection?: boolean | undefined;
}): { deletionProtection?: boolean } => {
  const { environmentType: type, deletionProtection: own } = draft;
  return own === undefined && type !== undefined && !isUnknown(type)
    ? { deletionProtection: type === "production" }
    : {};
};

/**
 * A text of this length at most, counted as the server counts: zod counts code points, and takes of emoji twice as many.
 */
const within = <S extends z.ZodString>(schema: S, longest: number) =>
  schema.refine((text) => text.length <= longest, `Too big: expected string to have <=${longest} characters`);
/** What people call it. */
export const name = (longest = 200) => within(z.string().trim().min(1), longest);
export const description = () => within(z.string(), 1_000);

/** A text that this finds nothing wrong with. */
const faultless = (faultOf: (text: string) => string | undefined) =>
  z.string().superRefine((text, context) => {
    const message = faultOf(text);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });
/** A page or endpoint on the web. */
export const webUrl = () => faultless(webUrlFault);
/** A scheme and a host, of which a browser says that a page is from there. */
export const origin = () => faultless(webOriginFault);
/** Where a browser is sent: on the web, or by a custom scheme to an application. */
export const uri = () => faultless(uriFault);

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
/** A value of whatever shape, as its JSON. */
export const jsonText = () => z.string().refine(isJson, "is no JSON: write it with `JSON.stringify`");

type CommonInputs = typeof commonInputs;
type CommonOutputs = typeof commonOutputs;

/** A resource's own fields, beside those that every resource has. */
export const defineResource = <const T extends string, I extends Fields, O extends Fields>(
  own: Definition<T, I, O>,
): Definition<T, I & CommonInputs, O & CommonOutputs> =>
  ({ ...own, inputs: { ...own.inputs, ...commonInputs }, outputs: { ...own.outputs, ...commonOutputs } }) as Definition<
    T,
    I & CommonInputs,
    O & CommonOutputs
  >;
