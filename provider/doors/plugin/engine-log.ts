import * as grpc from "@grpc/grpc-js";
import engines from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/engine_pb.js";

/** The engine's diagnostics: what is said there stands beside the resource that it is about. */
export class EngineLog {
  readonly #client: InstanceType<typeof engines.EngineClient> | undefined;

  /** @param address Of the engine; without one nothing is said. */
  constructor(address: string | undefined) {
    this.#client = address ? new engines.EngineClient(address, grpc.credentials.createInsecure()) : undefined;
  }

  info(message: string, urn: string): Promise<void> {
    return this.#say(messages.LogSeverity.INFO, message, urn);
  }
  warn(message: string, urn: string): Promise<void> {
    return this.#say(messages.LogSeverity.WARNING, message, urn);
  }

  /** Never fails: an engine that does not listen must not stop a deploy. */
  #say(severity: 0 | 1 | 2 | 3, message: string, urn: string): Promise<void> {
    const request = new messages.LogRequest();
    request.setSeverity(severity);
    request.setMessage(message);
    request.setUrn(urn);
    return new Promise((resolve) => (this.#client ? this.#client.log(request, () => resolve()) : resolve()));
  }
}
