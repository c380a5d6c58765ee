import type { Bag } from "../define";
import { resolveConfig } from "../config";
import { PartlyDone } from "../errors";
import { lifecycle } from "../lifecycle";
import type { Connection } from "../platforms/platform";
import { definitions, type Kind } from "../resources";
import { connectionOf } from "./connection";
import { track } from "./stop";

/** The part of Pulumi's ConfigureRequest that golive reads. */
interface ConfigureRequest {
  readonly config: { get(key: string): string | undefined };
}
const loader = "__provider";

/** Pulumi's own input, which every answer must carry through, apart from golive's. */
const without = ({ [loader]: _, ...bag }: Bag): Bag => bag;

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
  const life = lifecycle(kind, () => connection);
  return {
    configure(request: ConfigureRequest): void {
      connection = connectionOf(resolveConfig((name) => request.config.get(`golive:${name}`)));
    },
    async check(olds: Bag, news: Bag) {
      const { warnings = [], ...answer } = life.check(without(olds), without(news));
      for (const warning of warnings) warnOnce(warning);
      return answer;
    },
    diff: async (_id: string, olds: Bag, news: Bag) => life.diff(without(olds), without(news)),
    async create(inputs: Bag) {
      return track(() => life.create(without(inputs))).catch((error: unknown) => {
        if (!(error instanceof PartlyDone)) return plain(error);
        // the engine records an object whose creation failed half-way by its id, and the next `up` finishes it
        const properties = { ...error.state, [loader]: inputs[loader] };
        throw Object.assign(new Error(error.message), { id: error.id, properties, reasons: [error.message] });
      });
    },
    async read(id: string, props: Bag) {
      const live = await track(() => life.read(id, without(props))).catch(plain);
      return live ? { id: live.id, props: live.outs, inputs: live.inputs } : { id: "" };
    },
    update: async (id: string, olds: Bag, news: Bag) =>
      track(() => life.update(id, without(olds), without(news))).catch(plain),
    async delete(id: string, props: Bag): Promise<void> {
      const kept = await track(() => life.delete(id, without(props))).catch(plain);
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
