import { type Bag, isUnknown } from "../define";
import { resolveConfig } from "../config";
import { PartlyDone } from "../errors";
import { lifecycle } from "../lifecycle";
import type { Owner } from "../lifecycle/owner";
import type { Connection } from "../platforms/platform";
import { definitions, type Kind } from "../resources";
import { connectionOf } from "./connection";
import { track, unlessStopped } from "./stop";

/** The part of Pulumi's ConfigureRequest that golive reads. */
interface ConfigureRequest {
  readonly config: { get(key: string): string | undefined };
}
const loader = "__provider";
/** The resource's URN, which the SDK fills in: a dynamic provider is not told it. State of earlier builds has none. */
const origin = "origin";

/** What belongs to this door, and every answer must carry through, apart from golive's inputs. */
const without = ({ [loader]: _, [origin]: __, ...bag }: Bag): Bag => bag;
const ownerOf = ({ [origin]: urn }: Bag): Owner => (typeof urn === "string" && !isUnknown(urn) ? urn : undefined);
const withOrigin = (bag: Bag, from: Bag): Bag =>
  from[origin] === undefined ? bag : { ...bag, [origin]: from[origin] };

const warned = new Set<string>();
/** The engine shows what the plugin prints. It checks a resource more than once in one process. */
function warnOnce(warning: string): void {
  if (!warned.has(warning)) console.error(`warning: ${warning}`);
  warned.add(warning);
}

/** What an error shows on the console: the message alone. The plugin would print the stack, with this computer's paths. */
function plain(error: unknown): never {
  if (error instanceof Error) error.stack = "";
  throw error;
}

/**
 * The provider that Pulumi's dynamic plugin hosts for one kind. Configuring is synchronous and never throws: the
 * plugin keeps a provider whose configure failed, and would then let every check pass.
 */
export function dynamicProvider(kind: Kind) {
  let connection: Connection = { problems: [{ property: "provider", reason: "was never configured" }] };
  const life = lifecycle(kind, () => connection, undefined, unlessStopped);
  return {
    configure(request: ConfigureRequest): void {
      connection = connectionOf(resolveConfig((name) => request.config.get(`golive:${name}`)));
    },
    async check(olds: Bag, news: Bag) {
      const { warnings = [], inputs, failures } = life.check(without(olds), without(news));
      for (const warning of warnings) warnOnce(warning);
      return { inputs: withOrigin(inputs, news), failures };
    },
    async diff(id: string, olds: Bag, news: Bag) {
      try {
        return life.diff(without(olds), without(news), { id, owner: ownerOf(news), formerly: ownerOf(olds) });
      } catch (error) {
        return plain(error);
      }
    },
    async create(inputs: Bag) {
      try {
        const { id, outs } = await track(() => life.create(without(inputs), ownerOf(inputs)));
        return { id, outs: withOrigin(outs, inputs) };
      } catch (error) {
        if (!(error instanceof PartlyDone)) return plain(error);
        // the engine records an object whose creation failed half-way by its id, and the next `up` finishes it
        const properties = { ...withOrigin({ ...error.state }, inputs), [loader]: inputs[loader] };
        throw Object.assign(new Error(error.message), { id: error.id, properties, reasons: [error.message] });
      }
    },
    async read(id: string, props: Bag) {
      const live = await track(() => life.read(id, without(props))).catch(plain);
      if (!live) return { id: "" };
      return { id: live.id, props: withOrigin(live.outs, props), inputs: withOrigin(live.inputs, props) };
    },
    async update(id: string, olds: Bag, news: Bag) {
      const { outs } = await track(() => life.update(id, without(olds), without(news), ownerOf(news))).catch(plain);
      return { outs: withOrigin(outs, news) };
    },
    async delete(id: string, props: Bag): Promise<void> {
      const kept = await track(() => life.delete(id, without(props), ownerOf(props))).catch(plain);
      if (kept) console.log(kept);
    },
  };
}

/** `project`, `environment`, …: the names that the loader text in state asks for. They must stay for ever. */
export const doors: Readonly<Record<string, () => ReturnType<typeof dynamicProvider>>> = Object.fromEntries(
  (Object.keys(definitions) as Kind[]).map((kind) => {
    let provider: ReturnType<typeof dynamicProvider> | undefined;
    return [kind[0]!.toLowerCase() + kind.slice(1), () => (provider ??= dynamicProvider(kind))];
  }),
);
