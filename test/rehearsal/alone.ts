// A rehearsal in a process of its own, whose memory is its own too.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";

const index = createRequire(import.meta.url).resolve("@golive/rehearsal");
const script = `
  const { createRehearsal } = require(${JSON.stringify(index)});
  createRehearsal().then(async ({ url, port, token, projects }) => {
    process.send({ url, port, token, key: projects[0].environments[0].apiKey });
    process.on("disconnect", () => process.exit());
    process.on("message", () => { gc(); gc(); const { rss, heapUsed, external } = process.memoryUsage(); process.send({ rss, held: heapUsed + external }); });
  });`;

export interface Alone {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly key: string;
  /** Bytes that it holds after its garbage was collected. */
  held(): Promise<number>;
  end(): Promise<void>;
}

export async function alone(): Promise<Alone> {
  const child = spawn(process.execPath, ["--expose-gc", "-e", script], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const told = async <T>() => ((await once(child, "message")) as [T])[0];
  const access = await told<Pick<Alone, "url" | "port" | "token" | "key">>();
  return {
    ...access,
    async held() {
      child.send("memory");
      return (await told<{ held: number }>()).held;
    },
    async end() {
      child.kill();
      await once(child, "exit");
    },
  };
}
