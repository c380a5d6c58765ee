/** Where requests to this computer must not go: its own addresses mean nothing to a proxy, and plain http is safe only here. */
const here = ["localhost", "127.0.0.1", "[::1]"];
const schemes = new Set(["http:", "https:", "socks5:"]);

type Env = Readonly<Record<string, string | undefined>>;

/** The addresses that are called without a proxy: those of `NO_PROXY`, and this computer. */
export function bypass(env: Env): string {
  const named = env["no_proxy"] ?? env["NO_PROXY"] ?? "";
  return named.trim() === "*" ? "*" : [named, ...here].filter((entry) => entry !== "").join(",");
}

/** Why the proxy variables cannot be used, if so. Never quotes one: it may hold a password. */
export function proxyFault(env: Env): string | undefined {
  for (const name of ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"]) {
    const value = env[name];
    if (value && !(URL.canParse(value) && schemes.has(new URL(value).protocol)))
      return `${name} is no URL of a proxy: write e.g. \`http://proxy.example.com:3128\``;
  }
  return undefined;
}
