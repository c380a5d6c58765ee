// What clone, parity and the policies ask of a platform's rules: one URL in one field, in production.
import { urlFault } from "@golive/provider/platforms/url-fault";
import { rules } from "@golive/provider/platforms/workos/rules/index";
import { expect, test } from "vitest";

test.each<[field: string, url: string, kind: string | undefined, fault: RegExp | undefined]>([
  ["redirectUris", "https://a.example.com/cb", undefined, undefined],
  ["redirectUris", "http://a.example.com/cb", undefined, /^is http/],
  ["redirectUris", "http://127.0.0.1:8400/cb", "native", undefined],
  ["redirectUris", "http://127.0.0.1:8400/cb", "web", /native applications only/],
  ["corsOrigins", "https://*.example.com", undefined, /none in an origin/],
  ["corsOrigins", "https://a.example.com", undefined, undefined],
  ["url", "http://a.example.com/hook", undefined, /over https only/],
  ["homepageUrl", "http://a.example.com", undefined, undefined],
  ["nothing", "http://a.example.com", undefined, undefined],
])("%s %s (%s)", (field, url, kind, fault) => {
  const found = urlFault(rules, field, url, kind);
  if (fault) expect(found).toMatch(fault);
  else expect(found).toBeUndefined();
});

test("a platform without rules refuses nothing", () => {
  expect(urlFault({}, "redirectUris", "http://a.example.com", undefined)).toBeUndefined();
});
