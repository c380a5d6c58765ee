/** Numbers below 1 from a seed, the same everywhere (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const schemes = [
  "https",
  "https",
  "https",
  "http",
  "http",
  "HTTPS",
  "Http",
  "com.example.app",
  "shop",
  "javascript",
  "data",
  "ftp",
  "wss",
  "JavaScript",
  "blob",
  "s3+x",
  "1x",
  "",
];
const joints = ["://", "://", "://", "://", "://", ":/", ":", ":///", ":\\\\", ":\\/", "//"];
const users = ["", "", "", "", "", "user@", "user:pw@", "127.0.0.1@", "*@", "a@b@", "evil\\@", "%40@"];
const labels = [
  "app",
  "a",
  "shop-1",
  "*",
  "*",
  "pr-*",
  "*-x",
  "**",
  "ü",
  "ü*",
  "xn--mnchen-3ya",
  "xn--a",
  "％",
  "＊",
  "%2a",
  "%2A",
  "%61",
  "_x",
  "-",
  "",
  "a b",
  "a\tb",
  "ß",
  "İ",
  "a\u00ad",
  "０",
];
const tails = [
  "example.com",
  "example.com",
  "example.com",
  "shop.co.uk",
  "co.uk",
  "com",
  "vercel.app",
  "shop.vercel.app",
  "github.io",
  "localhost",
  "kawasaki.jp",
  "city.kawasaki.jp",
  "foo.ck",
  "公司.cn",
  "xn--55qx5d.cn",
  "s3.amazonaws.com",
  "EXAMPLE.Com",
  "unlisted",
];
const hosts = [
  "localhost",
  "LOCALHOST",
  "127.0.0.1",
  "127.1",
  "0x7f.1",
  "2130706433",
  "[::1]",
  "[::ffff:127.0.0.1]",
  "[::1",
  "1.2.3.4.5",
  "*",
  "*.*",
  "",
  "。",
  "a。com",
  "loc%61lhost",
];
const dots = ["", "", "", "", ".", ".."];
const ports = ["", "", "", "", ":443", ":80", ":3000", ":*", ":", ":99999", ":0", ":3*", ":*0", ":%2a"];
const rests = [
  "",
  "/",
  "/cb",
  "/cb",
  "/cb",
  "/*",
  "?x=*",
  "#*",
  "/a b",
  "/\n",
  "\\@127.0.0.1/",
  "/%2a",
  "?",
  "#",
  "/😀",
  "/\u0000",
  "/\u2028",
  "/../x",
  "/;*",
];

/** An address that people or attackers might write. */
export function anAddress(next: () => number): string {
  // the first of each list is harmless, and half of all: else nearly every address is refused for two reasons
  const one = (list: readonly string[]): string => list[next() < 0.5 ? 0 : Math.floor(next() * list.length)]!;
  const named = () => `${next() < 0.2 ? `${one(labels)}.` : ""}${one(labels)}.${one(tails)}`;
  const host = next() < 0.75 ? named() : one(hosts);
  const text = one(schemes) + one(joints) + one(users) + host + one(dots) + one(ports) + one(rests);
  const chance = next();
  if (chance < 0.01) return `${text}${"x".repeat(2_048 - text.length + Math.floor(next() * 3))}`;
  if (chance > 0.05) return text;
  const at = Math.floor(next() * (text.length + 1));
  return (
    text.slice(0, at) +
    one([" ", "\t", "\n", "\\", "*", "/", ":", "@", "[", "%", "?", "\u00a0", "\ufeff", "\u0085", "\ud800"]) +
    text.slice(at)
  );
}
