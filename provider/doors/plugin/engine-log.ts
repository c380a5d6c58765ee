import * as grpc from "@grpc/grpc-js";
import engines from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/engine_pb.js";

/** The engine's diagnostics: what is said there stands beside the resource that it is about. */
export class EngineLog {
  readonly #warned = new Set<string>();
  readonly #client: InstanceType<typeof engines.EngineClient> | undefined;

  /** @param address Of the engine; without one nothing is said. */
  constructor(address: string | undefined) {
    this.#client = address ? new engines.EngineClient(address, grpc.credentials.createInsecure()) : undefined;
  }

  info(message: string, urn: string): void {
    this.#say(messages.LogSeverity.INFO, message, urn);
  }
  /** Once for each resource: the engine checks one more than once in one run. */
  warn(message: string, urn: string): void {
    const key = JSON.stringify([urn, message]);
    if (!this.#warned.has(key)) this.#say(messages.LogSeverity.WARNING, message, urn);
    this.#warned.add(key);
  }

  /** Never fails and is not waited for: an engine that does not listen must not stop a deploy. */
  #say(severity: 0 | 1 | 2 | 3, message: string, urn: string): void {
    const request = new messages.LogRequest();
    request.setSeverity(severity);
    request.setMessage(message);
    request.setUrn(urn);
    this.#client?.log(request, () => {});
  }
}
