// From the start of a plugin to its port and to its first checked resource, and the memory that it then has: the plugin door
// beside the process that hosts dynamic resources, in turn. `node bench/doors.mjs`, after `npm run build`. Prints a table.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import Table from "cli-table3";

const root = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);
const grpc = require("@grpc/grpc-js");
const provider = require("@pulumi/pulumi/proto/provider_grpc_pb.js");
const messages = require("@pulumi/pulumi/proto/provider_pb.js");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb.js");
const rounds = Number(process.env.GOLIVE_BENCH_ROUNDS ?? 5);
const settings = { platform: "workos", endpoint: "http://127.0.0.1:9", token: "dash_of-the-bench" };
const keyed = (prefix) => Object.fromEntries(Object.entries(settings).map(([name, value]) => [prefix + name, value]));

// a plugin ends when its engine is gone: something has to listen where that would
const engine = net.createServer((socket) => socket.on("error", () => {}).resume()).listen(0, "127.0.0.1");
await new Promise((resolve) => engine.once("listening", resolve));
engine.unref();
const address = `127.0.0.1:${engine.address().port}`;

const doors = {
  dynamic: {
    args: [path.join(path.dirname(require.resolve("@pulumi/pulumi/package.json")), "cmd/dynamic-provider"), address],
    config: keyed("golive:"),
    inputs: { __provider: 'exports.handler=()=>require("@golive/pulumi/door").project()', name: "Shop" },
    urn: "urn:pulumi:dev::bench::pulumi-nodejs:dynamic/golive:Project::shop",
  },
  plugin: {
    args: [path.join(root, "provider/bin/pulumi-resource-golive"), address],
    config: keyed(""),
    inputs: { name: "Shop" },
    urn: "urn:pulumi:dev::bench::golive:index:Project::shop",
  },
};

async function once({ args, config, inputs, urn }) {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: path.join(root, "examples/go-live"),
    stdio: ["ignore", "pipe", "ignore"],
  });
  const port = await new Promise((resolve) =>
    child.stdout.setEncoding("utf8").once("data", (line) => resolve(line.trim())),
  );
  const listening = performance.now() - started;
  const client = new provider.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  const call = (method, request) =>
    new Promise((resolve, reject) =>
      client[method](request, (error, answer) => (error ? reject(error) : resolve(answer))),
    );
  const configure = new messages.ConfigureRequest();
  configure.setArgs(Struct.fromJavaScript(config));
  await call("configure", configure);
  const check = new messages.CheckRequest();
  check.setUrn(urn);
  check.setOlds(Struct.fromJavaScript({}));
  check.setNews(Struct.fromJavaScript(inputs));
  const answer = await call("check", check);
  if (answer.getFailuresList().length > 0) throw new Error(answer.getFailuresList()[0].getReason());
  const checked = performance.now() - started;
  const rss = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))[1]) / 1024;
  client.close();
  child.kill("SIGKILL");
  return { listening, checked, rss };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const found = { dynamic: [], plugin: [] };
for (let round = 0; round < rounds; round++)
  for (const name of Object.keys(doors)) found[name].push(await once(doors[name]));
const table = new Table({ head: ["door", "listens, ms", "first check, ms", "memory, MB"], style: { head: [] } });
for (const [name, runs] of Object.entries(found))
  table.push([name, ...["listening", "checked", "rss"].map((what) => median(runs.map((run) => run[what])).toFixed(0))]);
process.stdout.write(`${table.toString()}\nmedians of ${rounds} rounds, in turn\n`);
