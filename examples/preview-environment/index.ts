// A staging environment of its own for one pull request: `pulumi up --stack pr-123` when it opens, `pulumi destroy` when it
// closes. The name is random, so that reopening never meets what is left of an earlier one.
import * as golive from "@golive/pulumi";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

const config = new pulumi.Config();
const url = config.require("url");
const shared = new pulumi.StackReference(config.require("shared"));

const suffix = new random.RandomPet("suffix", { length: 2 });

const environment = new golive.Environment("environment", {
  project: shared.requireOutput("projectId"),
  name: pulumi.interpolate`${pulumi.getStack()} ${suffix.id}`,
  type: "staging",
});
const web = new golive.Application("web", { environment, name: "web", redirectUris: [{ uri: `${url}/callback` }] });
const key = new golive.ApiKey("ci", { environment, name: "ci" });

export const environmentId = environment.id;
export const clientId = web.clientId;
export const apiKey = key.value;
