import { z } from "zod";
import { field } from "../define";
import { Refused, Unsupported } from "../errors";
import { defineFunction } from "./function";

/** The names of the events that a WebhookEndpoint may ask for, as far as golive knows them. The catalogue grows: the platform may have more. */
export const getWebhookEventTypes = defineFunction({
  type: "getWebhookEventTypes",
  example: { args: { prefix: "user." }, answer: "names" },
  inputs: {
    /** Beginning of the names to tell, e.g. `user.`. All, when left out. */
    prefix: field(z.string().optional()),
  },
  outputs: {
    /** Names of the events, in the order of the alphabet. */
    names: field(z.array(z.string())),
  },
  async run(platform, { prefix = "" }) {
    if (!platform.eventTypes)
      throw new Unsupported(
        `${platform.name} has no catalogue of events`,
        "Name the events as its documentation does.",
      );
    const names = platform.eventTypes.filter((name) => name.startsWith(prefix)).toSorted();
    if (names.length > 0) return { names };
    throw new Refused(`no event that golive knows begins with "${prefix}"`, "Leave `prefix` out to see them all.");
  },
});
