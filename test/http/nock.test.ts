// nock stands in for the real host, which no test may call: the client must go through what nock intercepts.
import { Http } from "@golive/provider/http";
import { Secret } from "@golive/provider/http/secret";
import nock from "nock";
import { afterAll, beforeAll, expect, it } from "vitest";

beforeAll(() => nock.disableNetConnect());
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

it("asks the real host with its credential, over https, as golive", async () => {
  const scope = nock("https://api.workos.com", {
    reqheaders: {
      authorization: "Bearer sk_live_of-the-test",
      "user-agent": /^golive\/\d/,
      accept: "application/json",
    },
  })
    .get("/webhook_endpoints")
    .query({ limit: "100", order: "desc" })
    .reply(429, { message: "slow down" }, { "Retry-After": "0" })
    .get("/webhook_endpoints")
    .query({ limit: "100", order: "desc" })
    .reply(200, { data: [] });
  const client = new Http({ endpoint: "https://api.workos.com", retries: 1, timeout: 5 });
  const credential = { secret: new Secret("sk_live_of-the-test"), origin: "GOLIVE_API_KEY" };
  const { body } = await client.send({ method: "GET", path: "webhook_endpoints?limit=100&order=desc", credential });
  expect(body).toEqual({ data: [] });
  scope.done();
});
