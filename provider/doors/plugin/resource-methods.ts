import messages from "@pulumi/pulumi/proto/provider_pb.js";
import { setTimeout as wait } from "node:timers/promises";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { type Bag, isUnknown } from "../../define";
import { GoliveError, PartlyDone } from "../../errors";
import { track } from "../stop";
import { detailed, type Kind } from "./diff";
import type { EngineLog } from "./engine-log";
import { halfMade } from "./failure";
import { previewOfCreate, previewOfUpdate } from "./preview";
import { failureList } from "./provider-methods";
import { type Managed, ownerOf } from "./resources";
import { type Path, type Received, received, sent } from "./values";

/** What the SDK adds for the dynamic door. It is carried through, so that a stack may go back there. */
const carried = ["__provider", "origin"] as const;
const own = ({ bag }: Received): Bag =>
  Object.fromEntries(Object.entries(bag).filter(([name]) => !carried.some((one) => one === name)));
const carriedIn = ({ bag }: Received): Bag =>
  Object.fromEntries(carried.flatMap((name) => (bag[name] === undefined ? [] : [[name, bag[name]]])));

/** The owner that state names: another one where the program says that the resource was called otherwise. */
const formerOwner = ({ bag }: Received): string | undefined =>
  typeof bag["origin"] === "string" && !isUnknown(bag["origin"]) ? bag["origin"] : undefined;

/**
 * What a verb answers, if it does within the program's `customTimeouts`. What it did by then is not undone: the journal has
 * it, and the next `up` looks for it. @param seconds None, when 0.
 */
async function within<T>(seconds: number, run: () => Promise<T>): Promise<T> {
  if (seconds <= 0) return run();
  const over = new AbortController();
  const late = wait(seconds * 1000, undefined, { signal: over.signal }).then(() => {
    throw new GoliveError(
      `no end after ${seconds} s, which \`customTimeouts\` allows`,
      "Allow more, and run the same command again: golive looks for what this may have made.",
    );
  });
  late.catch(() => undefined);
  return Promise.race([run(), late]).finally(() => over.abort());
}

/** What of an answer is secret: what its definition says, and what came as a secret. */
const secretsOf = ({ definition }: Managed, ...requests: readonly Received[]): Path[] => [
  ...Object.entries({ ...definition.inputs, ...definition.outputs })
    .filter(([, field]) => field.secret)
    .map(([name]) => [name]),
  ...requests.flatMap(({ secrets }) => secrets),
];

const kindOf = (kind: Kind, replaces: boolean): 0 | 1 | 2 | 3 | 4 | 5 => {
  const { Kind: kinds } = messages.PropertyDiff;
  return replaces ? kinds[`${kind}_REPLACE`] : kinds[kind];
};

/** What the engine asks of one resource. @param of What the resource with this URN is. */
export function resourceMethods(of: (urn: string) => Managed, log: Pick<EngineLog, "info" | "warn">) {
  return {
    check(request: InstanceType<typeof messages.CheckRequest>) {
      const urn = request.getUrn();
      const one = of(urn);
      const [olds, news] = [received(request.getOlds()), received(request.getNews())];
      const { inputs, failures, warnings = [] } = one.life.check(own(olds), own(news));
      for (const warning of warnings) log.warn(`${warning}.`, urn);
      const answer = new messages.CheckResponse();
      answer.setInputs(sent({ ...carriedIn(news), ...inputs }, secretsOf(one, news)));
      answer.setFailuresList(failureList(failures));
      return answer;
    },

    diff(request: InstanceType<typeof messages.DiffRequest>) {
      const one = of(request.getUrn());
      const held = received(request.getOlds());
      const [olds, news] = [own(held), own(received(request.getNews()))];
      for (const name of request.getIgnorechangesList()) if (name in olds) news[name] = olds[name];
      const { changes, changed, replaces, deleteBeforeReplace } = one.life.diff(olds, news, {
        id: request.getId(),
        owner: ownerOf(request.getUrn()),
        formerly: formerOwner(held),
      });
      const answer = new messages.DiffResponse();
      const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
      answer.setChanges(changes ? DIFF_SOME : DIFF_NONE);
      answer.setDiffsList([...changed]);
      answer.setReplacesList([...replaces]);
      answer.setDeletebeforereplace(deleteBeforeReplace);
      answer.setHasdetaileddiff(true);
      const map = answer.getDetaileddiffMap();
      for (const { path, kind, replaces: isReplacing } of detailed(one.definition, olds, news, changed, replaces)) {
        const property = new messages.PropertyDiff();
        property.setKind(kindOf(kind, isReplacing));
        property.setInputdiff(true);
        map.set(path, property);
      }
      return answer;
    },

    async create(request: InstanceType<typeof messages.CreateRequest>) {
      const one = of(request.getUrn());
      const asked = received(request.getProperties());
      const inputs = own(asked);
      const answer = new messages.CreateResponse();
      const secrets = secretsOf(one, asked);
      if (request.getPreview()) {
        answer.setProperties(sent({ ...carriedIn(asked), ...previewOfCreate(one.definition, inputs) }, secrets));
        return answer;
      }
      try {
        const { id, outs } = await within(request.getTimeout(), () =>
          track(() => one.life.create(inputs, ownerOf(request.getUrn()))),
        );
        answer.setId(id);
        answer.setProperties(sent({ ...carriedIn(asked), ...outs }, secrets));
        return answer;
      } catch (error) {
        if (!(error instanceof PartlyDone)) throw error;
        const state = sent({ ...carriedIn(asked), ...error.state }, secrets);
        throw Object.assign(error, { grpc: halfMade(error.message, error.id, state, sent(asked.bag, secrets)) });
      }
    },

    async read(request: InstanceType<typeof messages.ReadRequest>) {
      const one = of(request.getUrn());
      const [held, declared] = [received(request.getProperties()), received(request.getInputs())];
      const answer = new messages.ReadResponse();
      const live = await within(request.getTimeout(), () => track(() => one.life.read(request.getId(), own(held))));
      if (!live) return answer;
      const secrets = secretsOf(one, held, declared);
      answer.setId(live.id);
      answer.setProperties(sent({ ...carriedIn(held), ...live.outs }, secrets));
      answer.setInputs(sent({ ...carriedIn(declared), ...live.inputs }, secrets));
      return answer;
    },

    async update(request: InstanceType<typeof messages.UpdateRequest>) {
      const one = of(request.getUrn());
      const [held, asked] = [received(request.getOlds()), received(request.getNews())];
      const [olds, news] = [own(held), own(asked)];
      for (const name of request.getIgnorechangesList()) if (name in olds) news[name] = olds[name];
      const answer = new messages.UpdateResponse();
      const secrets = secretsOf(one, held, asked);
      // what is not known yet is not asked of a platform
      const outs =
        request.getPreview() || isUnknown(news)
          ? previewOfUpdate(one.definition, olds, news, one.life.diff(olds, news).changed)
          : (
              await within(request.getTimeout(), () =>
                track(() => one.life.update(request.getId(), olds, news, ownerOf(request.getUrn()))),
              )
            ).outs;
      answer.setProperties(sent({ ...carriedIn(asked), ...outs }, secrets));
      return answer;
    },

    async delete(request: InstanceType<typeof messages.DeleteRequest>) {
      const urn = request.getUrn();
      const held = received(request.getProperties());
      const kept = await within(request.getTimeout(), () =>
        track(() => of(urn).life.delete(request.getId(), own(held), ownerOf(urn))),
      );
      if (kept) log.info(kept, urn);
      return new empty.Empty();
    },
  };
}
