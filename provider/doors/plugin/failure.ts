import * as grpc from "@grpc/grpc-js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import statuses from "@pulumi/pulumi/proto/status_pb.js";
import any from "google-protobuf/google/protobuf/any_pb.js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { Cancelled, ConfigError, GoliveError } from "../../errors";

/** What the engine is told of a failure: one sentence, and never a stack. */
export function failureOf(error: unknown): Partial<grpc.ServiceError> {
  const message = error instanceof Error ? error.message : String(error);
  const code =
    error instanceof Cancelled
      ? grpc.status.CANCELLED
      : error instanceof ConfigError
        ? grpc.status.FAILED_PRECONDITION
        : error instanceof GoliveError
          ? grpc.status.UNKNOWN
          : grpc.status.INTERNAL;
  return { code, message };
}

/** An object that was made and is not finished: the engine records it by its id, and the next `up` goes on with it. */
export function halfMade(message: string, id: string, properties: Struct, inputs: Struct): Partial<grpc.ServiceError> {
  const detail = new messages.ErrorResourceInitFailed();
  detail.setId(id);
  detail.setProperties(properties);
  detail.setInputs(inputs);
  detail.setReasonsList([message]);
  const packed = new any.Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new statuses.Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(message);
  status.addDetails(packed);
  const metadata = new grpc.Metadata();
  // gRPC's own name for structured errors, which the engine reads
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code: grpc.status.UNKNOWN, message, metadata };
}
