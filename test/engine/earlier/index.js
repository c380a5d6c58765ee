// The program whose state commit 5164d68 wrote: see state.json beside it.
const golive = require("@golive/pulumi");

const project = new golive.Project("project", { name: "Shop" });
const environment = new golive.Environment("environment", { project, name: "QA", type: "staging" });
const flag = new golive.FeatureFlag("flag", {
  project,
  slug: "beta",
  name: "Beta",
  description: "A try",
  tags: ["search", "beta"],
});
new golive.Application("application", {
  environment,
  name: "web",
  redirectUris: [{ uri: "https://qa.example.com/callback" }],
  logoutUris: ["https://qa.example.com/bye"],
  corsOrigins: ["https://b.example.com", "https://a.example.com"],
  sessions: { maxAge: 3600 },
  credentials: {},
});
new golive.ApiKey("key", { environment, name: "backend" });
new golive.FeatureFlagRule("rule", { flag, environment, enabled: true, access: "all" });
new golive.WebhookEndpoint("webhook", {
  environment,
  url: "https://qa.example.com/hook",
  events: ["user.updated", "user.created"],
});
