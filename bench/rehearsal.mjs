// Requests per second and their times, with 100,000 objects in the store and 16 connections: the rehearsal, and
// beside it the official emulator of npm `workos`, a dev dependency. Prints JSON, then a table.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import Table from "cli-table3";

const root = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);
const objects = Number(process.env.GOLIVE_BENCH_OBJECTS ?? 100_000);
const seconds = Number(process.env.GOLIVE_BENCH_SECONDS ?? 5);
const connections = 16;
// both have a limit of requests per key: with enough keys it is out of the way
const keyCount = 400;
const emulator = "workos@0.14.0";
const folder = mkdtempSync(path.join(os.tmpdir(), "golive-bench-"));

/** The first line that a process prints, as JSON; and how to end it. */
async function started(args) {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise((resolve, reject) => {
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (chunk) => {
      text += chunk;
      if (text.includes("\n")) resolve(text.split("\n")[0]);
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code} before it listened`)));
  });
  return { ...JSON.parse(line), pid: child.pid, end: () => child.kill("SIGKILL") };
}

/** The rehearsal on a file that holds the objects already. */
async function rehearsal() {
  const file = path.join(folder, "rehearsal.db");
  const { createRehearsal } = require("../rehearsal/dist/index.js");
  const { Store } = require("../rehearsal/dist/store/database.js");
  const seeded = await createRehearsal({ file });
  const environment = seeded.projects[0].environments[0];
  const account = seeded.account.id;
  const keys = [];
  const query = `mutation { mintKey(input: { environmentId: "${environment.id}", name: "bench" }) { ... on ApiKeyMinted { value } } }`;
  for (let i = 0; i < keyCount; i++) {
    const answer = await fetch(`${seeded.url}/graphql`, {
      method: "POST",
      headers: { authorization: `Bearer ${seeded.token}`, "x-url-environment-id": environment.id },
      body: JSON.stringify({ query }),
    });
    keys.push((await answer.json()).data.mintKey.value);
  }
  await seeded.close();
  const store = new Store(file);
  store.transaction(() => {
    for (let i = 0; i < objects; i++) {
      const data = { name: `Organization ${i}`, externalId: null, metadata: {}, domains: [] };
      store.insert("organization", "org", { account, parent: environment.id, data });
    }
  });
  store.close();
  return { ...(await started([path.join(root, "cli/bin/golive.js"), "serve", "--json", "--file", file])), keys };
}

/** The official emulator, with the same organizations in its memory. */
async function official() {
  const entry = import.meta.resolve("workos/emulate");
  const keys = Array.from({ length: keyCount }, (_, i) => `sk_test_bench${i}`);
  const script = path.join(folder, "emulator.mjs");
  writeFileSync(
    script,
    `import { createEmulator } from ${JSON.stringify(entry)};
     const apiKeys = Object.fromEntries(${JSON.stringify(keys)}.map((key) => [key, { environment: "staging" }]));
     const organizations = Array.from({ length: ${objects} }, (_, i) => ({ name: "Organization " + i }));
     const { url } = await createEmulator({ port: 0, seed: { apiKeys, organizations } });
     console.log(JSON.stringify({ url }));`,
  );
  return { ...(await started([script])), keys };
}

function request(agent, { url, key, method, path: pathname, body }) {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const sent = http.request(new URL(pathname, url), { agent, method, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (chunk) => (text += chunk));
      answer.on("end", () => resolve({ status: answer.statusCode, text }));
    });
    sent.on("error", reject).end(body);
  });
}

/** Sixteen connections, each with one request after the other, for so many seconds. */
async function measure({ url, keys }, next, expected) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const times = [];
  let refused = 0;
  let count = 0;
  const until = performance.now() + seconds * 1000;
  const began = performance.now();
  const work = async () => {
    while (performance.now() < until) {
      count += 1;
      const at = performance.now();
      const { status } = await request(agent, { url, key: keys[count % keys.length], ...next(count) });
      times.push(performance.now() - at);
      if (status !== expected) refused += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  const took = (performance.now() - began) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share) => Math.round((times[Math.floor(times.length * share)] ?? 0) * 100) / 100;
  return {
    perSecond: Math.round(times.length / took),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    requests: times.length,
    refused,
  };
}

/** The same work for both. */
async function bench(server) {
  const key = server.keys[0];
  const agent = new http.Agent();
  const first = await request(agent, {
    url: server.url,
    key,
    method: "GET",
    path: "/organizations?limit=100&order=desc",
  });
  const ids = JSON.parse(first.text).data.map(({ id }) => id);
  return {
    "read by id": await measure(server, (i) => ({ method: "GET", path: `/organizations/${ids[i % ids.length]}` }), 200),
    "list of 10": await measure(server, () => ({ method: "GET", path: "/organizations?limit=10&order=desc" }), 200),
    create: await measure(
      server,
      (i) => ({ method: "POST", path: "/organizations", body: JSON.stringify({ name: `New ${i}` }) }),
      201,
    ),
  };
}

const results = {};
for (const [name, start] of [
  ["rehearsal", rehearsal],
  [emulator, official],
]) {
  let server;
  try {
    server = await start();
    results[name] = await bench(server);
  } catch (error) {
    if (name === "rehearsal") throw error;
    results[name] = { left: `not measured: ${error.message.split("\n")[0]}` };
  } finally {
    server?.end();
  }
}
rmSync(folder, { recursive: true, force: true });

console.log(
  JSON.stringify({ objects, connections, seconds, node: process.version, cpus: os.availableParallelism(), results }),
);
const table = new Table({
  head: ["", "work", "requests/s", "p50 ms", "p99 ms", "refused"],
  style: { head: [], border: [] },
});
for (const [name, works] of Object.entries(results))
  for (const [work, result] of Object.entries(works))
    table.push(
      typeof result === "string"
        ? [name, { colSpan: 5, content: result }]
        : [name, work, result.perSecond, result.p50Ms, result.p99Ms, result.refused],
    );
console.log(table.toString());
