import { RunError } from "@pulumi/pulumi";

/** A sentence for people. Without frames: they are Pulumi's own, and Node.js 20 takes half a minute to colour them. */
export function refusal(message: string): RunError {
  const error = new RunError(message);
  error.stack = `${error.name}: ${message}`;
  return error;
}

/** Whether Pulumi's CLI made this process for the program, and ends it when nothing is left to wait for. */
const isOwnProcess = (): boolean => /[\\/]cmd[\\/]run(-policy-pack)?([\\/]|$)/.test(process.argv[1] ?? "");

/** What nothing is made of any more. Under the Automation API the process goes on: there it fails, so that the run ends. */
export const never = (why: Error): Promise<never> => (isOwnProcess() ? new Promise(() => {}) : Promise.reject(why));

/**
 * Ends a program that is waiting for an output. The engine says the sentence once and as it stands, and whatever hangs on
 * the answer is never made; a rejected output would be reported at every property that it reaches.
 */
export function stop(message: string): Promise<never> {
  const why = refusal(message);
  if (isOwnProcess()) void Promise.reject(why);
  return never(why);
}
