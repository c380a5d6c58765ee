// Preview and server read addresses with code of their own, and must say the same of each: what preview lets pass the server
// takes, and the other way round. `GOLIVE_URIS=100000` asks of more, `GOLIVE_URIS_SEED` of others.
import { definitions, type Kind } from "@golive/provider";
import { check } from "@golive/provider/lifecycle/check";
import { rules } from "@golive/provider/platforms/workos/rules/index";
import { expect, it } from "vitest";
import { redirectUriFault } from "../../rehearsal/dist/rules/redirect-uris.js";
import { webOriginFault } from "../../rehearsal/dist/rules/web-origins.js";
import { isWebUrl, webhookUrlFault } from "../../rehearsal/dist/rules/web-urls.js";
import { least } from "../lifecycle/declared";
import { anAddress, random } from "./generated";

const runs = Number(process.env["GOLIVE_URIS"] ?? 3_000);
const seed = Number(process.env["GOLIVE_URIS_SEED"] ?? Date.now() % 1_000_000);
const types = ["staging", "production"] as const;

/** Whether preview lets inputs pass. */
const passes = (kind: Kind, environmentType: string, inputs: object): boolean =>
  check(definitions[kind], {}, { ...least[kind], environmentType, ...inputs }, rules).failures.length === 0;
const first = "https://first.example.org/cb";

/** By use: what preview says and what the server says, where the address is to stand. */
const uses: Readonly<
  Record<string, (uri: string, type: (typeof types)[number]) => readonly [preview: boolean, server: boolean]>
> = {
  "a redirect URI": (uri, type) => [
    passes("Application", type, { kind: "native", redirectUris: [{ uri: first, default: true }, { uri }] }),
    redirectUriFault({ uri }, { isProduction: type === "production" }) === undefined,
  ],
  "the default redirect URI": (uri, type) => [
    passes("Application", type, { kind: "native", redirectUris: [{ uri }] }),
    redirectUriFault({ uri, isDefault: true }, { isProduction: type === "production" }) === undefined,
  ],
  "a logout URI": (uri, type) => [
    passes("Application", type, { kind: "native", logoutUris: [first, uri] }),
    redirectUriFault({ uri, isDefault: false }, { isProduction: type === "production" }) === undefined,
  ],
  "an origin": (uri, type) => [
    passes("Application", type, { corsOrigins: [uri] }),
    webOriginFault(uri, type === "production") === undefined,
  ],
  "a page": (uri, type) => [passes("Application", type, { initiateLoginUri: uri }), isWebUrl(uri)],
  "a webhook endpoint": (uri, type) => [
    passes("WebhookEndpoint", type, { url: uri }),
    webhookUrlFault(uri, type === "production") === undefined,
  ],
};

it(`${runs} generated addresses get one verdict (seed ${seed})`, { timeout: 900_000 }, () => {
  console.log(`addresses: ${runs} of seed ${seed}`);
  const next = random(seed);
  const texts = new Set<string>();
  while (texts.size < runs) texts.add(anAddress(next));
  const differing: string[] = [];
  const taken = new Map<string, number>();
  for (const text of texts)
    for (const [use, verdicts] of Object.entries(uses))
      for (const type of types) {
        const [preview, server] = verdicts(text, type);
        if (preview) taken.set(`${use} in ${type}`, (taken.get(`${use} in ${type}`) ?? 0) + 1);
        if (preview !== server && differing.length < 20)
          differing.push(`${JSON.stringify(text)} as ${use} in ${type}: preview ${preview}, server ${server}`);
      }
  expect(differing).toEqual([]);
  // of both answers there are enough for the other to mean something
  const shares = Object.fromEntries([...taken].map(([where, count]) => [where, count / texts.size]));
  const expected = Object.keys(uses).flatMap((use) => types.map((type) => `${use} in ${type}`));
  expect(Object.keys(shares).toSorted()).toEqual(expected.toSorted());
  expect(Object.entries(shares).filter(([, share]) => share < 0.005 || share > 0.8)).toEqual([]);
});
