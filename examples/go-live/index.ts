// Every environment of a product: what differs stands in Pulumi.staging.yaml and Pulumi.production.yaml, and nowhere else.
import * as golive from "@golive/pulumi";

const stage = new golive.Stage("stage", { goLive: {} });
export const { environmentId, clientIds, apiKeys, signingSecrets, inventory } = stage;
