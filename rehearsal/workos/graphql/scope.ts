import { GraphQLError } from "graphql";
import { environmentOfHeader } from "../../domain/environments";
import type { Session } from "../../domain/session";

/** What the person may do whose token it is. */
export type Role = "admin" | "sandbox";
/** How the header `x-url-environment-id` is taken, where a rehearsal is not told otherwise. */
export const headerIsStrict = true;

/** What a resolver gets: who asks, and the environment that the header named. */
export interface ResolverContext extends Session {
  readonly header: string | undefined;
  readonly role: Role;
  /** An operation on something in an environment sees nothing of any other than the header's. */
  readonly isStrict: boolean;
}
type Resolver<A, R> = (args: A, context: ResolverContext) => R;

/**
 * A resolver for what lies in an environment, or belongs to its project: that of the header, and production without
 * one. A person who may only work in staging gets no further where that is production.
 */
export const inEnvironment =
  <A, R>(resolver: Resolver<A, R>): Resolver<A, R> =>
  (args, context) => {
    const environment = environmentOfHeader(context, context.header);
    if (environment && !environment.data.sandbox && context.role === "sandbox")
      throw new GraphQLError("Your role may not work in a production environment.", {
        extensions: { code: "FORBIDDEN" },
      });
    if (!environment || !context.isStrict) return resolver(args, context);
    return resolver(args, { ...context, within: { environment: environment.id, project: environment.parent } });
  };

type Resolvers = Readonly<Record<string, (args: never, context: ResolverContext) => unknown>>;
/** The same for each of these. */
export const allInEnvironment = <R extends Resolvers>(resolvers: R): R =>
  Object.fromEntries(
    Object.entries(resolvers).map(([name, resolver]) => [name, inEnvironment(resolver as Resolver<unknown, unknown>)]),
  ) as unknown as R;
