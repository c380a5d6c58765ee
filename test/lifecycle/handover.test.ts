import { UNKNOWN } from "@golive/provider/define";
import { Conflict } from "@golive/provider/errors";
import { describe, expect, test } from "vitest";
import { type Bag, inputsOf, least } from "./declared";
import { made, refusal, rig } from "./rig";

const at = (path: string) => ({ url: `https://a.example.com/${path}` });
const taken = () => new Conflict("409 duplicate_endpoint", { method: "PATCH", url: "webhook_endpoints" });

describe("keys that change hands at preview", () => {
  type Move = readonly [from: Bag, to: Bag];
  test.each<[string, readonly Move[], (string | undefined)[]]>([
    [
      "two swap",
      [
        [at("1"), at("2")],
        [at("2"), at("1")],
      ],
      [undefined, "url"],
    ],
    [
      "three go round",
      [
        [at("1"), at("2")],
        [at("2"), at("3")],
        [at("3"), at("1")],
      ],
      [undefined, undefined, "url"],
    ],
    [
      "a row",
      [
        [at("1"), at("2")],
        [at("2"), at("3")],
      ],
      [undefined, undefined],
    ],
    [
      "a row from its end",
      [
        [at("2"), at("3")],
        [at("1"), at("2")],
      ],
      [undefined, undefined],
    ],
    [
      "nothing changes",
      [
        [at("1"), at("1")],
        [at("2"), at("2")],
      ],
      [undefined, undefined],
    ],
    [
      "not known yet",
      [
        [at("1"), { url: UNKNOWN }],
        [at("2"), at("1")],
      ],
      [undefined, undefined],
    ],
    [
      "other environments",
      [
        [at("1"), at("2")],
        [
          { ...at("2"), environment: "environment_2" },
          { ...at("1"), environment: "environment_2" },
        ],
      ],
      [undefined, undefined],
    ],
  ])("%s", (_, moves, expected) => {
    const { life } = rig("WebhookEndpoint");
    const found = moves.map(([from, to]) => {
      const [olds, news] = [from, to].map((bag) => ({ ...least.WebhookEndpoint, ...bag }));
      return life.check(olds!, news!).failures[0]?.property;
    });
    expect(found).toEqual(expected);
  });

  test("names that need not differ swap", () => {
    const { life } = rig("Application");
    const named = (name: string) => ({ ...least.Application, name });
    expect(life.check(named("a"), named("b")).failures).toEqual([]);
    expect(life.check(named("b"), named("a")).failures).toEqual([]);
  });
});

describe("keys that change hands in a deploy", () => {
  test("who takes one waits for who leaves it", async () => {
    const first = await made("WebhookEndpoint", at("1"));
    const { life, store } = first;
    const second = await life.create(inputsOf("WebhookEndpoint", at("2")));
    const move = (held: Bag, to: Bag) => {
      life.check(held, { ...least.WebhookEndpoint, ...to });
      return inputsOf("WebhookEndpoint", to);
    };
    const [toSecond, toThird] = [
      move(inputsOf("WebhookEndpoint", at("1")), at("2")),
      move(inputsOf("WebhookEndpoint", at("2")), at("3")),
    ];
    store.faults.push({ verb: "update", when: "before", error: taken() });
    const waiting = life.update(first.id, first.outs, toSecond);
    // the refusal has come, and the one that leaves is written only then
    while (store.calls.at(-1) !== "find") await new Promise(setImmediate);
    await life.update(second.id, second.outs, toThird);
    expect((await waiting).outs["url"]).toBe(at("2").url);
  });

  test("of one that nobody is to leave, the error names who has it", async () => {
    const { life, store, id, outs } = await made("WebhookEndpoint", at("1"));
    store.seed("we_other", { ...least.WebhookEndpoint, ...at("2") });
    store.faults.push({ verb: "update", when: "before", error: taken() });
    const { message } = await refusal(life.update(id, outs, inputsOf("WebhookEndpoint", at("2"))));
    expect(message).toContain(`its url would be "${at("2").url}", which we_other has. The engine deletes last`);
  });

  test("another refusal is told as it came", async () => {
    const { life, store, id, outs } = await made("WebhookEndpoint", at("1"));
    store.faults.push({ verb: "update", when: "before", error: taken() });
    const { message } = await refusal(life.update(id, outs, inputsOf("WebhookEndpoint", at("2"))));
    expect(message).toContain("409 duplicate_endpoint");
  });
});
