// The real plugin process `pulumi-resource-golive`, driven over gRPC as the engine does, without an engine.
import * as grpc from "@grpc/grpc-js";
import engines from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import provider from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../../provider/bin/pulumi-resource-golive", import.meta.url));
export type Bag = Record<string, unknown>;
const struct = (bag: Bag) => Struct.fromJavaScript(bag as never);
const bagOf = (found: Struct | undefined) => (found?.toJavaScript() ?? {}) as Bag;

export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
export const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});
export const urnOf = (kind: string, name: string, stack = "dev") =>
  `urn:pulumi:${stack}::test::golive:index:${kind}::${name}`;
export const providerUrn = (name = "default_0_1_0") => `urn:pulumi:dev::test::pulumi:providers:golive::${name}`;

/** What an engine that listens was told. */
export interface Said {
  readonly severity: number;
  readonly message: string;
  readonly urn: string;
}

async function listen(said: Said[]): Promise<{ port: number; server: grpc.Server }> {
  const server = new grpc.Server();
  server.addService(engines.EngineService, {
    log(
      { request }: { request: { getSeverity(): number; getMessage(): string; getUrn(): string } },
      done: grpc.sendUnaryData<unknown>,
    ) {
      said.push({ severity: request.getSeverity(), message: request.getMessage(), urn: request.getUrn() });
      done(null, new empty.Empty());
    },
  } as never);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (e, bound) =>
      e ? reject(e) : resolve(bound),
    ),
  );
  return { port, server };
}

/** Starts the plugin and configures it as the engine does: handshake, check of the settings, configure. */
export async function startGolivePlugin(
  settings: Bag = {},
  { env = {}, providerName }: { env?: Record<string, string>; providerName?: string } = {},
) {
  const said: Said[] = [];
  const engine = await listen(said);
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GOLIVE_")));
  const child = spawn(process.execPath, [command, `127.0.0.1:${engine.port}`], {
    env: { ...inherited, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").once("data", (line: string) => resolve(line.trim()));
    void exited.then((code) => reject(new Error(`the plugin ended with ${code} before it listened: ${stderr}`)));
  });
  const client = new provider.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  type Call = (request: unknown, done: (error: grpc.ServiceError | null, answer: never) => void) => void;
  const call = <T>(method: string, request: unknown): Promise<T> =>
    new Promise((resolve, reject) =>
      (client as unknown as Record<string, Call>)[method]!(request, (error, answer) =>
        error ? reject(error) : resolve(answer),
      ),
    );

  const checkConfig = async (news: Bag, urn = providerUrn(providerName)) => {
    const request = new messages.CheckRequest();
    request.setUrn(urn);
    request.setNews(struct(news));
    const answer = await call<InstanceType<typeof messages.CheckResponse>>("checkConfig", request);
    return answer.getFailuresList().map((f) => ({ property: f.getProperty(), reason: f.getReason() }));
  };
  const configure = async (news: Bag) => {
    const request = new messages.ConfigureRequest();
    request.setArgs(struct(news));
    return call<InstanceType<typeof messages.ConfigureResponse>>("configure", request);
  };
  await call("handshake", new messages.ProviderHandshakeRequest());
  await checkConfig(settings);
  const configured = await configure(settings);

  return {
    process: child,
    said,
    configured,
    call,
    checkConfig,
    exited: () => exited,
    async schema() {
      const answer = await call<InstanceType<typeof messages.GetSchemaResponse>>(
        "getSchema",
        new messages.GetSchemaRequest(),
      );
      return JSON.parse(answer.getSchema()) as Bag;
    },
    async diffConfig(olds: Bag, news: Bag) {
      const request = new messages.DiffRequest();
      request.setOlds(struct(olds));
      request.setNews(struct(news));
      const answer = await call<InstanceType<typeof messages.DiffResponse>>("diffConfig", request);
      return { changes: answer.getChanges(), replaces: answer.getReplacesList(), diffs: answer.getDiffsList() };
    },
    async check(urn: string, news: Bag, olds: Bag = {}) {
      const request = new messages.CheckRequest();
      request.setUrn(urn);
      request.setOlds(struct(olds));
      request.setNews(struct(news));
      const answer = await call<InstanceType<typeof messages.CheckResponse>>("check", request);
      return {
        inputs: bagOf(answer.getInputs()),
        failures: answer.getFailuresList().map((f) => ({ property: f.getProperty(), reason: f.getReason() })),
      };
    },
    async diff(urn: string, olds: Bag, news: Bag, ignoreChanges: string[] = []) {
      const request = new messages.DiffRequest();
      request.setUrn(urn);
      request.setId("x");
      request.setOlds(struct(olds));
      request.setNews(struct(news));
      request.setIgnorechangesList(ignoreChanges);
      const answer = await call<InstanceType<typeof messages.DiffResponse>>("diff", request);
      const kinds = Object.fromEntries(Object.entries(messages.PropertyDiff.Kind).map(([name, n]) => [n, name]));
      return {
        changes: answer.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME,
        replaces: answer.getReplacesList(),
        deleteBeforeReplace: answer.getDeletebeforereplace(),
        detailed: Object.fromEntries(
          answer
            .getDetaileddiffMap()
            .toArray()
            .map(([path]) => [path, kinds[answer.getDetaileddiffMap().get(path)!.getKind()]]),
        ),
      };
    },
    async create(urn: string, properties: Bag, preview = false, seconds = 0) {
      const request = new messages.CreateRequest();
      request.setUrn(urn);
      request.setProperties(struct(properties));
      request.setPreview(preview);
      request.setTimeout(seconds);
      const answer = await call<InstanceType<typeof messages.CreateResponse>>("create", request);
      return { id: answer.getId(), properties: bagOf(answer.getProperties()) };
    },
    async read(urn: string, id: string, properties: Bag = {}, inputs: Bag = {}) {
      const request = new messages.ReadRequest();
      request.setUrn(urn);
      request.setId(id);
      request.setProperties(struct(properties));
      request.setInputs(struct(inputs));
      const answer = await call<InstanceType<typeof messages.ReadResponse>>("read", request);
      return { id: answer.getId(), properties: bagOf(answer.getProperties()), inputs: bagOf(answer.getInputs()) };
    },
    async update(urn: string, id: string, olds: Bag, news: Bag, preview = false) {
      const request = new messages.UpdateRequest();
      request.setUrn(urn);
      request.setId(id);
      request.setOlds(struct(olds));
      request.setNews(struct(news));
      request.setPreview(preview);
      const answer = await call<InstanceType<typeof messages.UpdateResponse>>("update", request);
      return bagOf(answer.getProperties());
    },
    async delete(urn: string, id: string, properties: Bag) {
      const request = new messages.DeleteRequest();
      request.setUrn(urn);
      request.setId(id);
      request.setProperties(struct(properties));
      await call("delete", request);
    },
    async invoke(token: string, args: Bag) {
      const request = new messages.InvokeRequest();
      request.setTok(token);
      request.setArgs(struct(args));
      const answer = await call<InstanceType<typeof messages.InvokeResponse>>("invoke", request);
      return {
        outputs: bagOf(answer.getReturn()),
        failures: answer.getFailuresList().map((f) => ({ property: f.getProperty(), reason: f.getReason() })),
      };
    },
    cancel: () => call("cancel", new empty.Empty()),
    async stop() {
      client.close();
      child.kill("SIGKILL");
      await exited;
      engine.server.forceShutdown();
    },
  };
}
export type GolivePlugin = Awaited<ReturnType<typeof startGolivePlugin>>;
