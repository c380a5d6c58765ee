import { RunError } from "@pulumi/pulumi";

/** A sentence for people. Without frames: they are Pulumi's own, and Node.js 20 takes half a minute to colour them. */
export function refusal(message: string): RunError {
  const error = new RunError(message);
  error.stack = `${error.name}: ${message}`;
  return error;
}

/**
 * Ends a program that is waiting for an output. The engine says the sentence once and as it stands, and whatever hangs on
 * the answer is never made; a rejected output would be reported at every property that it reaches.
 */
export function stop(message: string): Promise<never> {
  void Promise.reject(refusal(message));
  return new Promise(() => {});
}
