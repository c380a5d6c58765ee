import messages from "@pulumi/pulumi/proto/provider_pb.js";
import { call, functionOf } from "../../functions/call";
import type { Connection } from "../../platforms/platform";
import { track } from "../stop";
import { failureList } from "./provider-methods";
import { received, sent } from "./values";

/** What the engine asks of the package's functions. */
export const functionMethods = (connection: () => Connection) => ({
  async invoke(request: InstanceType<typeof messages.InvokeRequest>) {
    const definition = functionOf(request.getTok());
    const asked = received(request.getArgs());
    const answer = new messages.InvokeResponse();
    const told = await track(() => call(definition, connection(), asked.bag));
    if ("failures" in told) {
      answer.setFailuresList(failureList(told.failures));
      return answer;
    }
    // what is found by a secret tells of it
    const isSecret = (name: string): boolean => asked.secrets.length > 0 || definition.outputs[name]?.secret === true;
    const secrets = Object.keys(told.outputs).filter(isSecret);
    answer.setReturn(
      sent(
        told.outputs,
        secrets.map((name) => [name]),
      ),
    );
    return answer;
  },
});
