import type { Assumption } from "../../platform";
import type { Credentials } from "../access";

/** What no public source says for sure of WorkOS. How each is looked at stands in the files beside, by its id. */
export const assumptions = [
  {
    id: "environment-ids",
    assumed: "The id of an environment begins with `environment_`.",
    otherwise: "With a key alone golive refuses any other id at preview. With a token none is refused for its form.",
    seenWith: ["token"],
  },
  {
    id: "environment-by-id",
    assumed: "The account lists every environment, and each answers by its id with its project.",
    otherwise: "An environment is gone only when the list and its own answer agree; else golive stops.",
    seenWith: ["token"],
  },
  {
    id: "header-scopes-reads",
    assumed: "A read by id answers `null` where the environment of the header is another than the object's.",
    otherwise: "golive sends the object's own environment, and also compares the one that the object names.",
    seenWith: ["token"],
  },
  {
    id: "production-state",
    assumed: "`productionState` of an account is `Active` or `Inactive`.",
    otherwise: "Every other word counts as locked: a production environment is refused before anything is made.",
    seenWith: ["token"],
  },
  {
    id: "one-default-application",
    assumed: "Each environment has one default application.",
    otherwise: "golive claims the one that the platform names as the default, and leaves any other alone.",
    seenWith: ["token"],
  },
  {
    id: "event-names",
    assumed: "golive's list has the name of every event that webhooks send.",
    otherwise: "A name that is not in the list is a warning at preview, and is sent as it is.",
    seenWith: ["token"],
  },
  {
    id: "rule-per-environment",
    assumed: "A flag has one rule in each environment of its project.",
    otherwise:
      "A rule that is not there is an error that names the flag and the environment; nothing is made in its place.",
    seenWith: ["token"],
  },
  {
    id: "key-letters",
    assumed: "A key of a staging environment begins with `sk_test_`, one of production with `sk_live_`.",
    otherwise:
      "A key of other letters is taken as it is. With a key alone, one whose letters contradict the declared type is refused.",
    seenWith: ["token", "apiKey"],
  },
  {
    id: "connect-ids",
    assumed: "The id of an `oauth` or `m2m` application begins with `conn`.",
    otherwise: "An import of another id is looked for among the applications that sign users in, and is not found.",
    seenWith: ["apiKey"],
  },
  {
    id: "signing-secrets",
    assumed: "The list of webhook endpoints shows each signing secret in full.",
    otherwise:
      "What is masked is not taken for a secret: state keeps the one of the endpoint's creation, and of one that is taken over `secretHeld` is false.",
    seenWith: ["apiKey"],
  },
  {
    id: "no-endpoint-by-id",
    assumed: "A webhook endpoint cannot be read by its id.",
    otherwise: "Nothing is lost: golive reads the list.",
    seenWith: ["apiKey"],
  },
  {
    id: "pages",
    assumed: "A list takes `limit`, `order` and `after`, and a page holds nothing of the one before.",
    otherwise: "A page that comes twice is an error, and nothing is taken for gone.",
    seenWith: ["apiKey"],
  },
  {
    id: "not-found",
    assumed: "The 404 of an object that is not there has the code `entity_not_found`, or names its id.",
    otherwise: "Nothing is taken for gone: what was deleted by hand leaves state by `pulumi state delete`.",
    seenWith: ["apiKey"],
  },
  {
    id: "default-redirect-uri",
    assumed: "Of an environment's redirect URIs exactly one is the default.",
    otherwise: "The first default counts; a key never changes which it is.",
    seenWith: ["apiKey"],
  },
  {
    id: "key-default-application",
    assumed: "The redirect URIs that a key shows are those of its environment's default application.",
    otherwise: "The default application would be given the URIs of another with a key alone: manage it with a token.",
    seenWith: ["token", "apiKey"],
  },
  {
    id: "flag-switch",
    assumed: "`enabled` of a flag is its switch in the environment of the key.",
    otherwise: "Refresh would show drift in `enabled` after each `up`: manage rules with a token.",
    seenWith: ["token", "apiKey"],
  },
  {
    id: "keys-tell-nothing",
    assumed: "No request tells whose environment a key is.",
    otherwise: "Nothing is lost: golive remembers what each key made, and believes the setting `environment`.",
    seenWith: [],
  },
  {
    id: "header-scopes-writes",
    assumed:
      "A write to an object of another environment than the header's is refused, or says that there is no such object.",
    otherwise: "golive sends the environment that the object was found in, so that both are the same.",
    seenWith: [],
  },
  {
    id: "put-keeps",
    assumed: "A PUT of an `oauth` or `m2m` application keeps what it does not name.",
    otherwise: "What people set beside would be lost; declared fields show as drift at the next refresh.",
    seenWith: [],
  },
  {
    id: "empty-patch",
    assumed: "A PATCH of a webhook endpoint that names nothing changes nothing, and answers 404 where there is none.",
    otherwise: "An endpoint that the list lacks is an error, and is not taken for gone.",
    seenWith: [],
  },
  {
    id: "idempotency",
    assumed: "Sending a POST twice makes two objects, whatever its headers.",
    otherwise: "Nothing is lost: golive sends it once, and looks for what it made before it goes on.",
    seenWith: [],
  },
  {
    id: "platform-api-404",
    assumed: "A 404 of the Platform API may mean that its access was revoked.",
    otherwise: "Nothing is lost: it is never taken for gone; the dashboard API decides, or an error.",
    seenWith: [],
  },
] as const satisfies readonly Assumption<Credentials>[];

type All = (typeof assumptions)[number];
/** Those that reading can show, each of which has its look. */
export type Shown = Exclude<All, { readonly seenWith: readonly [] }>["id"];
