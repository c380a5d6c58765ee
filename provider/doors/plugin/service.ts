import * as grpc from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { Cancelled } from "../../errors";
import type { Connection } from "../../platforms/platform";
import { type Stop, stopNow } from "../stop";
import { EngineLog } from "./engine-log";
import { failureOf } from "./failure";
import { functionMethods } from "./function-methods";
import { providerMethods } from "./provider-methods";
import { resourceMethods } from "./resource-methods";
import { resourcesOf } from "./resources";

export type Method = (request: never) => unknown;

/** One method as gRPC calls it: what it throws is one sentence for the engine, and the plugin stays up. */
export const handler =
  (run: Method, isStopped: () => boolean): grpc.handleUnaryCall<never, unknown> =>
  async ({ request }, done) => {
    try {
      if (isStopped()) throw new Cancelled("golive was stopped before this was begun", "Run the same command again.");
      done(null, await run(request));
    } catch (error) {
      done((error as { grpc?: Partial<grpc.ServiceError> }).grpc ?? failureOf(error));
    }
  };

/** Pulumi's resource provider protocol over the lifecycle. @param engine Address of the engine. */
export function service(engine: string | undefined, { starting }: Stop): grpc.UntypedServiceImplementation {
  let connection: Connection = { problems: [{ property: "provider", reason: "was never configured" }] };
  const methods: Readonly<Record<string, Method>> = {
    ...providerMethods((found) => (connection = found)),
    ...resourceMethods(
      resourcesOf(() => connection),
      new EngineLog(engine),
    ),
    ...functionMethods(() => connection),
  };
  const handlers = Object.entries(methods).map(([name, run]) => [name, handler(run, () => starting.aborted)]);
  return {
    ...Object.fromEntries(handlers),
    // what runs may end within its grace, and nothing else begins
    cancel: handler(
      () => {
        stopNow();
        return new empty.Empty();
      },
      () => false,
    ),
  } as grpc.UntypedServiceImplementation;
}
