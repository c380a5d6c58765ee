import plugins from "@pulumi/pulumi/proto/plugin_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Failure } from "../../define";
import type { Connection } from "../../platforms/platform";
import { connectionOf } from "../connection";
import { isOpen, retargeted, settingsOf, unknownSettings } from "./settings";
import { received, sent } from "./values";

const version = (require("../../../package.json") as { version: string }).version;
// the build puts the package's schema beside the compiled provider
const schemaFile = join(__dirname, "..", "..", "schema.json");

export const failureList = (failures: readonly Failure[]) =>
  failures.map(({ property, reason }) => {
    const failure = new messages.CheckFailure();
    failure.setProperty(property.replace(/^provider\./, ""));
    failure.setReason(reason);
    return failure;
  });

/** What the engine asks of the provider itself. `connected` is told of the platform to talk to. */
export function providerMethods(connected: (connection: Connection) => void) {
  /** Where older engines say no URN with Configure, the one of the check before it stands in. */
  let checked = "";
  return {
    handshake() {
      const answer = new messages.ProviderHandshakeResponse();
      answer.setAcceptSecrets(true);
      answer.setAcceptResources(false);
      answer.setAcceptOutputs(false);
      return answer;
    },
    getPluginInfo() {
      const answer = new plugins.PluginInfo();
      answer.setVersion(version);
      return answer;
    },
    getSchema() {
      const answer = new messages.GetSchemaResponse();
      answer.setSchema(readFileSync(schemaFile, "utf8"));
      return answer;
    },
    checkConfig(request: InstanceType<typeof messages.CheckRequest>) {
      const answer = new messages.CheckResponse();
      const { bag, secrets } = received(request.getNews());
      checked = request.getUrn();
      answer.setInputs(sent(bag, secrets));
      const resolved = isOpen(bag) ? undefined : settingsOf(request.getUrn(), bag);
      const problems = resolved && "problems" in resolved ? resolved.problems : [];
      answer.setFailuresList(failureList([...unknownSettings(bag), ...problems]));
      return answer;
    },
    /** Nothing that a provider points at is replaced because of its settings: each object knows its account. */
    diffConfig(request: InstanceType<typeof messages.DiffRequest>) {
      const answer = new messages.DiffResponse();
      const [olds, news] = [received(request.getOldInputs() ?? request.getOlds()).bag, received(request.getNews()).bag];
      const names = retargeted(olds, news);
      const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
      answer.setChanges(names.length > 0 ? DIFF_SOME : DIFF_NONE);
      answer.setDiffsList(names);
      return answer;
    },
    configure(request: InstanceType<typeof messages.ConfigureRequest>) {
      const { bag } = received(request.getArgs());
      // before `up` nobody knows where such a provider points: what needs it says so
      connected(
        isOpen(bag) ? { problems: [], isOpen: true } : connectionOf(settingsOf(request.getUrn() || checked, bag)),
      );
      const answer = new messages.ConfigureResponse();
      answer.setAcceptsecrets(true);
      answer.setSupportspreview(true);
      answer.setAcceptresources(false);
      answer.setAcceptoutputs(false);
      return answer;
    },
  };
}
