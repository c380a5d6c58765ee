// The real plugin process of dynamic resources, driven over gRPC as the engine does, without an engine.
import * as grpc from "@grpc/grpc-js";
import provider from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import net from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";

const require = createRequire(import.meta.url);
/** A program's folder: the plugin resolves the SDK from there. */
const programFolder = fileURLToPath(new URL("../../examples/go-live", import.meta.url));

type Bag = Record<string, unknown>;
const struct = (bag: Bag) => Struct.fromJavaScript(bag as never);

export interface Plugin {
  readonly process: ChildProcess;
  check(news: Bag, olds?: Bag): Promise<{ inputs: Bag; failures: { property: string; reason: string }[] }>;
  diff(olds: Bag, news: Bag, id?: string): Promise<{ changes: number; replaces: string[] }>;
  create(properties: Bag): Promise<{ id: string; properties: Bag }>;
  /** Ends the stand-in for the engine, as a kill of the engine does. */
  endEngine(): void;
  exited(): Promise<number | null>;
  stop(): Promise<void>;
}

/** The line of state for a type, as the SDK writes it. */
export const loader = (type: string): string =>
  `exports.handler=()=>require("@golive/pulumi/door").${type[0]!.toLowerCase()}${type.slice(1)}()`;

export async function startPlugin(config: Record<string, string>, env: Record<string, string> = {}): Promise<Plugin> {
  const engine = net.createServer((socket) => socket.on("error", () => {})).listen(0, "127.0.0.1");
  await new Promise((resolve) => engine.once("listening", resolve));
  const { port: enginePort } = engine.address() as net.AddressInfo;
  const sockets = new Set<net.Socket>();
  engine.on("connection", (socket) => sockets.add(socket));
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GOLIVE_")));
  const child = spawn(
    process.execPath,
    [
      path.join(path.dirname(require.resolve("@pulumi/pulumi/package.json")), "cmd/dynamic-provider"),
      `127.0.0.1:${enginePort}`,
    ],
    { cwd: programFolder, env: { ...inherited, ...env }, stdio: ["ignore", "pipe", "pipe"] },
  );
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout!.setEncoding("utf8").once("data", (line: string) => resolve(line.trim()));
    void exit.then((code) => reject(new Error(`the plugin ended with ${code} before it listened`)));
  });
  const client = new provider.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  const call = <T>(method: string, request: unknown): Promise<T> =>
    new Promise((resolve, reject) =>
      (client as unknown as Record<string, (request: unknown, done: (error: Error | null, answer: T) => void) => void>)[
        method
      ]!(request, (error, answer) => (error ? reject(error) : resolve(answer))),
    );
  const configure = new messages.ConfigureRequest();
  configure.setArgs(struct(config));
  await call("configure", configure);
  const endEngine = (): void => {
    engine.close();
    for (const socket of sockets) socket.destroy();
  };
  return {
    process: child,
    async check(news, olds = {}) {
      const request = new messages.CheckRequest();
      request.setOlds(struct(olds));
      request.setNews(struct(news));
      const answer = await call<InstanceType<typeof messages.CheckResponse>>("check", request);
      return {
        inputs: answer.getInputs()!.toJavaScript() as Bag,
        failures: answer.getFailuresList().map((f) => ({ property: f.getProperty(), reason: f.getReason() })),
      };
    },
    async diff(olds, news, id = "x") {
      const request = new messages.DiffRequest();
      request.setId(id);
      request.setOlds(struct(olds));
      request.setNews(struct(news));
      const answer = await call<InstanceType<typeof messages.DiffResponse>>("diff", request);
      return { changes: answer.getChanges(), replaces: answer.getReplacesList() };
    },
    async create(properties) {
      const request = new messages.CreateRequest();
      request.setProperties(struct(properties));
      const answer = await call<InstanceType<typeof messages.CreateResponse>>("create", request);
      return { id: answer.getId(), properties: answer.getProperties()!.toJavaScript() as Bag };
    },
    endEngine,
    exited: () => exit,
    async stop() {
      client.close();
      endEngine();
      child.kill("SIGKILL");
      await exit;
    },
  };
}
