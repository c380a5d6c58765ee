import * as pulumi from "@pulumi/pulumi";
import { refusal } from "./stop";

/** The setting that says to send nothing, if one does. */
function offlineBy(): string | undefined {
  const sources = [
    [process.env["GOLIVE_OFFLINE"], "GOLIVE_OFFLINE"],
    [new pulumi.Config("golive").get("offline"), "stack config `golive:offline`"],
  ] as const;
  const [value, origin] = sources.find(([text = ""]) => text.trim() !== "") ?? [];
  return value?.trim() === "true" ? origin : undefined;
}

/** Whether this is a preview that asks nobody: what another stack would tell may then be missing. */
export const isOfflinePreview = (): boolean => pulumi.runtime.isDryRun() && offlineBy() !== undefined;

/** A value that a preview does not know. */
export const unknownYet = <T>(): pulumi.Output<T> => pulumi.output(pulumi.unknown) as unknown as pulumi.Output<T>;

/**
 * Stops a deploy at its first resource, where golive is to send nothing. The provider would stop it as well, resource by
 * resource, and only once something else of the program was made.
 */
export function stopOffline(): void {
  if (pulumi.runtime.isDryRun()) return;
  const origin = offlineBy();
  if (origin === undefined) return;
  throw refusal(
    `golive is offline and sends nothing (${origin}). A preview works offline; for everything else leave that setting out, and give a credential.`,
  );
}
