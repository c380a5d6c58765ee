// What somebody may send who means no good, or does not know better.
import fc from "fast-check";

const hostile = fc.constantFrom(
  "",
  " ",
  "\0",
  "'; DROP TABLE objects; --",
  '" OR 1=1 --',
  "<script>alert(1)</script>",
  "{{constructor.constructor('return process')()}}",
  "${jndi:ldap://x}",
  "../../../../etc/passwd",
  "%2e%2e%2f",
  "__proto__",
  "constructor",
  "\u202Eabc\uFFFF",
  "\uD800",
  "💥".repeat(200),
  "a".repeat(70_000),
  "%",
  "1e999",
  "-0",
  "2099-13-45T99:99:99Z",
  "https://[::1",
  "https://*.*",
  "http://\u0000",
  "xn--",
  "https://exa mple.com",
);
export const hostileText = fc.oneof(hostile, fc.string({ unit: "binary" }), fc.webUrl(), fc.uuid());
export const scalar = fc.oneof(
  hostileText,
  fc.integer(),
  fc.double(),
  fc.constantFrom<unknown>(null, true, false, 1e308, Number.MAX_SAFE_INTEGER + 2, [], {}),
);
const deep = fc.integer({ min: 1, max: 4_000 }).map((depth) => "[".repeat(depth) + "]".repeat(depth));
/** The fields that routes read, with anything in them. */
const fieldNames =
  "name slug description events endpoint_url status targets actor metadata domain_data external_id permissions uri origin content application_type is_first_party redirect_uris scopes organization_id uses_pkce expires_at production query variables __proto__ constructor toString resource_type_slug".split(
    " ",
  );
const nested = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 4 }) },
  {
    weight: 2,
    arbitrary: fc.dictionary(
      fc.oneof(fc.constantFrom("type", "uri", "domain", "state", "default", "__proto__"), hostileText),
      scalar,
      { maxKeys: 4 },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.array(fc.dictionary(fc.constantFrom("type", "uri", "domain", "state", "default"), scalar), {
      maxLength: 3,
    }),
  },
);
export const hostileBody = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.dictionary(fc.constantFrom(...fieldNames), nested, { maxKeys: 12 }).map((v) => JSON.stringify(v)),
  },
  { weight: 2, arbitrary: fc.json({ maxDepth: 6 }) },
  { weight: 2, arbitrary: fc.string({ unit: "binary" }) },
  { weight: 1, arbitrary: deep },
  { weight: 1, arbitrary: deep.map((d) => `{"name":"x","metadata":${d},"targets":${d},"variables":${d}}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '{"__proto__":{"name":"x"}}',
      '{"constructor":{"prototype":{"x":1}}}',
      "null",
      "[]",
      '"x"',
      "{",
      '{"name":"\\ud800"}',
    ),
  },
);
export const segment = fc
  .oneof(hostileText, fc.constantFrom(..."_01 org_ user_1 client_x we_1".split(" ")))
  .map((part) => {
    try {
      return encodeURIComponent(part).slice(0, 4_000) || "x";
    } catch {
      return "%ED%A0%80";
    }
  });
export const hostileQuery = fc.oneof(
  fc.constant(""),
  fc
    .dictionary(fc.constantFrom("limit", "order", "before", "after", "organization_id", "__proto__"), hostileText, {
      maxKeys: 4,
    })
    .map(
      (parts) =>
        `?${Object.entries(parts)
          .map(([k, v]) => `${k}=${encodeURIComponent(Buffer.from(v).toString()).slice(0, 2_000)}`)
          .join("&")}`,
    ),
);
