import type { Json } from "../fields";

const input = (key: string, type: string, label: string, rest: Json = {}): Json => ({
  key,
  type,
  label,
  secret: false,
  required: false,
  hidden: false,
  ...rest,
});
/** The template of a destination that sends events to an address. It signs nothing. */
export const webhook = {
  id: "template-webhook",
  name: "HTTP Webhook",
  description: "Sends a webhook templated by the incoming event data",
  type: "destination",
  status: "stable",
  free: false,
  category: ["Custom"],
  icon_url: "/static/posthog-icon.svg",
  code_language: "hog",
  code: [
    "let payload := {'headers': inputs.headers, 'body': inputs.body, 'method': inputs.method};",
    "if (inputs.debug) { print('Request', inputs.url, payload); }",
    "let res := fetch(inputs.url, payload);",
    "if (res.status >= 300) { throw Error(f'Webhook failed with status {res.status}'); }",
  ].join("\n"),
  inputs_schema: [
    input("url", "string", "Webhook URL", { required: true }),
    input("method", "choice", "Method", {
      default: "POST",
      choices: ["POST", "PUT", "PATCH", "GET", "DELETE"].map((value) => ({ label: value, value })),
    }),
    input("body", "json", "JSON Body", { default: { event: "{event}", person: "{person}" } }),
    input("headers", "dictionary", "Headers", {
      default: { "Content-Type": "application/json", Accept: "application/json" },
    }),
    input("debug", "boolean", "Log responses", { default: false }),
  ],
  filters: null,
  masking: null,
  mapping_templates: null,
} as const;
export const templates = [webhook] as const;
export const templateOf = (id: string) => templates.find((template) => template.id === id);
