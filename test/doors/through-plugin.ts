// A lifecycle as the engine reaches it through the plugin door: every verb crosses the protocol over loopback and comes back.
import * as grpc from "@grpc/grpc-js";
import provider from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import { definitions, type Kind, PartlyDone } from "@golive/provider";
import { resourceMethods } from "@golive/provider/doors/plugin/resource-methods";
import { handler, type Method } from "@golive/provider/doors/plugin/service";
import type { Lifecycle } from "@golive/provider/lifecycle";
import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";

type Bag = Record<string, unknown>;
const secretSign = "4dabf18193072939515e22adb298388d";
const open = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(open);
  if (typeof value !== "object" || value === null) return value;
  if (secretSign in value) return open((value as Bag)["value"]);
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, open(v)]));
};
const struct = (bag: Bag) =>
  Struct.fromJavaScript(Object.fromEntries(Object.entries(bag).filter(([, v]) => v !== undefined)) as never);
const bagOf = (found: Struct | undefined) => open(found?.toJavaScript() ?? {}) as Bag;

/** What each URN of a test stands for, and what went wrong behind the wire. */
const lives = new Map<string, { kind: Kind; life: Lifecycle; owner: string | undefined }>();
const thrown: unknown[] = [];
let made = 0;

/** The lifecycle as it is, but that it remembers what it threw, and knows nobody where the test names nobody. */
function witnessed(life: Lifecycle, owner: string | undefined): Lifecycle {
  const seen = async <T>(run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      thrown.push(error);
      throw error;
    }
  };
  return {
    check: (olds, news) => life.check(olds, news),
    diff(held, news, subject) {
      try {
        const { formerly } = subject ?? {};
        return life.diff(held, news, { ...subject, ...(owner === undefined ? { owner } : { owner, formerly }) });
      } catch (error) {
        thrown.push(error);
        throw error;
      }
    },
    create: (inputs) => seen(() => life.create(inputs, owner)),
    read: (id, held) => seen(() => life.read(id, held)),
    update: (id, held, inputs) => seen(() => life.update(id, held, inputs, owner)),
    delete: (id, held) => seen(() => life.delete(id, held, owner)),
  };
}

const kept: string[] = [];
const methods = resourceMethods(
  (urn) => {
    const { kind, life, owner } = lives.get(urn)!;
    return { kind, definition: definitions[kind], life: witnessed(life, owner) };
  },
  { info: (message) => void kept.push(message), warn: () => {} },
);
const client = (async () => {
  const server = new grpc.Server();
  const handlers = Object.entries(methods).map(([name, run]) => [name, handler(run as Method, () => false)]);
  const { ResourceProviderService: all } = provider;
  const served = Object.fromEntries(Object.entries(all).filter(([name]) => name in methods));
  server.addService(served as never, Object.fromEntries(handlers) as never);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return new provider.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
})();

async function call<T>(method: string, request: unknown): Promise<T> {
  const here = (await client) as unknown as Record<
    string,
    (request: unknown, done: (error: grpc.ServiceError | null, answer: T) => void) => void
  >;
  return new Promise((resolve, reject) =>
    here[method]!(request, (error, answer) => {
      if (!error) return resolve(answer);
      // the engine is told the sentence, and of a half-made object its id; the test sees what was thrown
      const cause = thrown.find((one) => one instanceof Error && one.message === error.details);
      const tellsId = error.metadata.get("grpc-status-details-bin").length > 0;
      if (cause instanceof PartlyDone !== tellsId)
        return reject(new Error("of a half-made object the engine hears an id"));
      reject((cause as Error | undefined) ?? error);
    }),
  );
}

/** The same verbs, asked as the engine asks them. Check and diff answer later there, and so they do here. */
export function throughPlugin(kind: Kind, life: Lifecycle): Lifecycle {
  const urnFor = (owner: string | undefined): string => {
    const urn = `urn:pulumi:dev::tables::golive:index:${kind}::${(made += 1)}`;
    lives.set(urn, { kind, life, owner });
    return urn;
  };
  return {
    // the two that answer at once cannot cross a wire: the tables of the wire are in plugin-door.test.ts
    check: (olds, news) => life.check(olds, news),
    diff: (held, news, subject) => life.diff(held, news, subject),
    async create(inputs, owner) {
      const request = new messages.CreateRequest();
      request.setUrn(urnFor(owner));
      request.setProperties(struct(inputs));
      const answer = await call<InstanceType<typeof messages.CreateResponse>>("create", request);
      return { id: answer.getId(), outs: bagOf(answer.getProperties()) };
    },
    async read(id, held) {
      const request = new messages.ReadRequest();
      request.setUrn(urnFor(undefined));
      request.setId(id);
      request.setProperties(struct(held));
      const answer = await call<InstanceType<typeof messages.ReadResponse>>("read", request);
      if (answer.getId() === "") return undefined;
      return { id: answer.getId(), outs: bagOf(answer.getProperties()), inputs: bagOf(answer.getInputs()) };
    },
    async update(id, held, inputs, owner) {
      const request = new messages.UpdateRequest();
      request.setUrn(urnFor(owner));
      request.setId(id);
      request.setOlds(struct(held));
      request.setNews(struct(inputs));
      const answer = await call<InstanceType<typeof messages.UpdateResponse>>("update", request);
      return { outs: bagOf(answer.getProperties()) };
    },
    async delete(id, held, owner) {
      const request = new messages.DeleteRequest();
      request.setUrn(urnFor(owner));
      request.setId(id);
      request.setProperties(struct(held));
      kept.length = 0;
      await call("delete", request);
      return kept[0];
    },
  };
}
