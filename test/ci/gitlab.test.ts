// The GitLab jobs of examples/ci: each script as it stands there, with bash, curl and the real engine, against the rehearsal.
// Not run are `npm ci` and the login at Pulumi Cloud; the notes of one merge request are kept by a server on loopback.
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Account, openAccount } from "../components/account";
import { openRepository, type Ran, type Repository } from "./runner";
import { gitlabJobs } from "./workflows";

interface Note {
  id: number;
  body: string;
}

/** GitLab's API, as far as notes go. A request without the token, or of another kind, is refused. */
async function serveNotes(notes: Note[]): Promise<Server> {
  const path = "/projects/5/merge_requests/7/notes";
  const server = createServer(async (request, response) => {
    const { method, headers, url = "" } = request;
    const id = Number(url.slice(path.length + 1));
    if (headers["private-token"] !== "note-token" || !url.startsWith(path)) return void response.writeHead(401).end();
    if (method === "GET") return void response.end(JSON.stringify(notes));
    const form = await new Response(request as unknown as ReadableStream, {
      headers: { "content-type": headers["content-type"] ?? "" },
    }).formData();
    const body = String(form.get("body"));
    if (method === "POST") notes.push({ id: notes.length + 1, body });
    else if (method === "PUT") notes.find((note) => note.id === id)!.body = body;
    else return void response.writeHead(405).end();
    response.end("{}");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return server;
}

const notes: Note[] = [];
let account: Account;
let repository: Repository;
let gitlab: Server;

/** A job's script, as GitLab's shell runs it: all lines in one shell. */
function runJob(at: Repository, name: string): Promise<Ran> {
  const { variables = {}, script = [] } = gitlabJobs()[name]!;
  const given = {
    CI_BUILDS_DIR: at.folder,
    CI_PROJECT_ID: "5",
    CI_MERGE_REQUEST_IID: "7",
    GITLAB_NOTE_TOKEN: "note-token",
  };
  const filled = Object.entries(variables).map(([key, text]) => [
    key,
    text.replace(/\$(\w+)/g, (_, of: string) => (given as Record<string, string>)[of]!),
  ]);
  const url = `http://127.0.0.1:${(gitlab.address() as AddressInfo).port}`;
  const env = { ...given, CI_API_V4_URL: url, ...(Object.fromEntries(filled) as Record<string, string>) };
  return at.bash(["-eo", "pipefail"], script.join("\n"), env);
}

beforeAll(async () => {
  gitlab = await serveNotes(notes);
  account = await openAccount();
  repository = openRepository(account.backend, "repository", account.env);
  const stacks = await repository.bash(
    ["-e"],
    "for s in staging production; do pulumi stack init $s; done; pulumi stack init shared --cwd shared",
  );
  expect(stacks).toMatchObject({ code: 0 });
}, 180_000);
afterAll(async () => {
  repository.close();
  await account.close();
  gitlab.close();
});

describe("examples/ci/gitlab", () => {
  test("staging, then production, then no drift", async () => {
    for (const job of ["staging", "production", "drift"]) {
      const { code, output } = await runJob(repository, job);
      expect(code, `${job}:\n${output}`).toBe(0);
    }
    expect(repository.has("parity.html")).toBe(true);
  }, 300_000);

  test("preview: a note, then another in its place; what is refused fails the job", async () => {
    expect(await runJob(repository, "preview")).toMatchObject({ code: 0 });
    expect(notes).toEqual([
      { id: 1, body: expect.stringContaining("| staging |  |  |  |  | nothing changes |") as string },
    ]);
    notes.unshift({ id: 9, body: "What a person wrote" });

    const config = repository.read("Pulumi.production.yaml");
    repository.write("Pulumi.production.yaml", config.replace("confirmed: [organizations]", "confirmed: []"));
    const refused = await runJob(repository, "preview");
    repository.write("Pulumi.production.yaml", config);
    expect(refused, refused.output).toMatchObject({ code: 3 });
    expect(notes.map(({ id }) => id)).toEqual([9, 1]);
    expect(notes[1]!.body).toContain("Production is not ready: 1 item of the go-live checklist is open");
  }, 180_000);

  test("a fork's merge request is deployed to a rehearsal of its own", async () => {
    const none = { PULUMI_BACKEND_URL: undefined, PULUMI_CONFIG_PASSPHRASE: undefined };
    const fork = openRepository(account.backend, "fork", none);
    try {
      account.writes();
      const { code, output } = await runJob(fork, "rehearse");
      expect(code, output).toBe(0);
      expect(output).toContain("go-live checklist of Production: ready");
      expect(account.writes()).toEqual([]);
    } finally {
      fork.close();
    }
  }, 300_000);
});
