import { runCommand } from "../../http/command";
import type { Token } from "../../http/token";

const service = "workos-cli";
const account = "credentials";

/** Where an operating system keeps secrets, and the command of its own that reads one. */
interface Keychain {
  /** As people call it. */
  readonly title: string;
  readonly program: string;
  /** Its arguments, in the order in which they are tried. */
  readonly tries: readonly (readonly string[])[];
}

/** No command of Windows prints a stored credential: this asks its library, as the CLI does. */
const ofWindows = `
Add-Type -TypeDefinition @'
using System; using System.Runtime.InteropServices;
public static class Vault {
  [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
  struct Entry {
    public int Flags; public int Type; public string TargetName; public string Comment; public long LastWritten;
    public int BlobSize; public IntPtr Blob; public int Persist; public int Count; public IntPtr Attributes;
    public string Alias; public string UserName;
  }
  [DllImport("advapi32", CharSet = CharSet.Unicode)] static extern bool CredReadW(string target, int type, int flags, out IntPtr entry);
  [DllImport("advapi32")] static extern void CredFree(IntPtr entry);
  public static string Read(string target) {
    IntPtr found; if (!CredReadW(target, 1, 0, out found)) return "";
    try { var entry = (Entry)Marshal.PtrToStructure(found, typeof(Entry)); return Marshal.PtrToStringUni(entry.Blob, entry.BlobSize / 2); }
    finally { CredFree(found); }
  }
}
'@
[Vault]::Read('${account}.${service}')
`;

const keychains: Readonly<Record<string, Keychain>> = {
  darwin: {
    title: "the keychain",
    program: "security",
    tries: [["find-generic-password", "-s", service, "-a", account, "-w"]],
  },
  linux: {
    title: "the keyring",
    program: "secret-tool",
    // the tool's own word, and that of the library that the CLI uses where it can
    tries: ["account", "username"].map((word) => ["lookup", "service", service, word, account]),
  },
  win32: {
    title: "the Credential Manager",
    program: "powershell",
    tries: [["-NoProfile", "-NonInteractive", "-Command", ofWindows]],
  },
};
export const keychainOf = (os: string): Keychain | undefined =>
  Object.hasOwn(keychains, os) ? keychains[os] : undefined;

/** What the CLI keeps in the keychain, as `read` takes it: as text, or that in base64. */
export async function fromKeychain(
  env: NodeJS.ProcessEnv,
  os: string,
  read: (text: string) => Token | undefined,
  stop?: AbortSignal,
): Promise<Token | undefined> {
  const { program, tries } = keychainOf(os) ?? { program: "", tries: [] };
  for (const args of tries) {
    // what it says of a secret that is not there is no news
    const command = { run: [program, ...args] as const, name: `\`${program}\``, env, say: () => undefined };
    const { code, stdout } = await runCommand(command, stop);
    const text = stdout.trim();
    const found = code === 0 ? (read(text) ?? read(Buffer.from(text, "base64").toString())) : undefined;
    if (found) return found;
  }
  return undefined;
}
