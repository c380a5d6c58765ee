import * as grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { GoliveError } from "../../errors";
import { stopInOrder } from "../stop";
import { service } from "./service";

const maxMessageBytes = 1024 * 1024 * 400;

/**
 * Serves the provider on a free port of this computer and prints the port, which the engine reads.
 * @param engine Address of the engine's own service, `127.0.0.1:1234`; without one nobody hears its logs.
 */
export async function serve(engine: string | undefined): Promise<void> {
  const stop = stopInOrder(engine);
  const server = new grpc.Server({
    "grpc.max_receive_message_length": maxMessageBytes,
    "grpc.max_send_message_length": maxMessageBytes,
  });
  server.addService(services.ResourceProviderService, service(engine, stop) as never);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(new GoliveError(`golive cannot listen on this computer: ${error.message}`)) : resolve(bound),
    ),
  );
  process.stdout.write(`${port}\n`);
}
