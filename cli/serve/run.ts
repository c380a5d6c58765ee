import { createRehearsal, type Fault, InvalidFault, type Rehearsal } from "@golive/rehearsal";
import { type Context, say, UsageError } from "../context";
import type { Options } from "../commands/serve";
import { shellWord } from "../shell";

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsageError(`"${text}" is no port`, "Give a number from 0 to 65535; 0 takes a free one.");
}

/** A fault, as JSON. */
function faultOf(text: string): Fault {
  try {
    const fault = JSON.parse(text) as unknown;
    if (typeof fault === "object" && fault !== null) return fault as Fault;
  } catch {
    // said below, as text that is no fault
  }
  throw new UsageError(`${text} is no fault`, `Write e.g. '{"operation":"createFlag","status":500,"times":1}'.`);
}

/** What a script needs to begin with a rehearsal, in one line. */
const started = ({ url, port, token, account, projects, clientId, clientSecret, posthog }: Rehearsal) => {
  const { key, session, organization } = posthog;
  const beside = { key, session, organization, projects: posthog.projects };
  return JSON.stringify({ url, port, token, account, projects, clientId, clientSecret, posthog: beside });
};

const greeting = ({
  url,
  token,
  posthog,
}: Rehearsal): string => `The rehearsal listens at ${url}. Open it in a browser to watch.

  export GOLIVE_REHEARSAL=${shellWord(url)}
  export GOLIVE_TOKEN=${shellWord(token)}

PostHog is at the same address:

  export POSTHOG_HOST=${shellWord(url)} POSTHOG_ORGANIZATION_ID=${shellWord(posthog.organization.id)}
  export POSTHOG_API_KEY=${shellWord(posthog.key)}

Ctrl-C ends it.`;

/** Resolves when somebody asks the process to end. */
const asked = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });

export async function serve(context: Context, { port, file, billing, json, fault = [] }: Options): Promise<void> {
  const faults = fault.map(faultOf);
  const rehearsal = await createRehearsal({
    port: portOf(port),
    ...(file !== undefined && { file }),
    ...(billing && { billing }),
  });
  try {
    for (const one of faults) rehearsal.faults.add(one);
  } catch (error) {
    await rehearsal.close();
    throw error instanceof InvalidFault
      ? new UsageError(error.message.replace(/\.$/, ""), "See docs/rehearsal.md.")
      : error;
  }
  say(context, json ? started(rehearsal) : greeting(rehearsal));
  await asked();
  await rehearsal.close();
}
