// Two resources of the smallest dynamic provider there is; what they are given comes from stack config.
const pulumi = require("@pulumi/pulumi");

class Probe extends pulumi.CustomResource {
  constructor(name, inputs, options) {
    const props = { ...inputs, token: undefined, __provider: 'exports.handler=()=>require("./probe.js")' };
    super("pulumi-nodejs:dynamic/golive:Probe", name, props, { ...options, additionalSecretOutputs: ["token"] });
  }
}

const config = new pulumi.Config("probe");
const first = new Probe("first", { size: config.get("size") ?? "small", place: config.get("place") ?? "here" });
const second =
  config.get("second") === "no" ? undefined : new Probe("second", { of: first.id, secret: config.getSecret("secret") });
exports.ids = [first.id, second?.id];
exports.token = first.token;
