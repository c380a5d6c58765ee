// The GitHub workflows of examples/ci: each script as it stands there, with bash and the real engine, against the rehearsal.
// Not run are steps that `use` an action, and `npm ci`; `gh` is a fake that keeps the comments of one pull request.
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Account, openAccount } from "../components/account";
import { dashboard } from "../engine/rehearsal";
import { openRepository, type Ran, type Repository } from "./runner";
import { filledIn, type githubFiles, githubWorkflow } from "./workflows";

const fakeGh = `
const fs = require("node:fs");
const args = process.argv.slice(2);
const valueOf = (flag) => args[args.indexOf(flag) + 1];
const file = process.env.FAKE_GH_COMMENTS;
const comments = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : [];
if (process.env.GH_TOKEN !== "gh-token" || args[0] !== "api") process.exit(64);
if (!args.includes("--method")) {
  if (args[2] !== "repos/acme/shop/issues/7/comments") process.exit(64);
  const mark = /startswith\\("([^"]+)"\\)/.exec(valueOf("--jq"))[1];
  for (const [id, body] of comments) if (body.startsWith(mark)) console.log(id);
} else {
  const body = fs.readFileSync(valueOf("--field").replace("body=@", ""), "utf8");
  const id = /issues\\/comments\\/(\\d+)$/.exec(args[4])?.[1];
  if (valueOf("--method") === "PATCH") comments.find(([one]) => String(one) === id)[1] = body;
  else comments.push([comments.length + 1, body]);
  fs.writeFileSync(file, JSON.stringify(comments));
}
`;

type File = (typeof githubFiles)[number];
let account: Account;
let repository: Repository;

/** The scripts of a job, one after the other, as a runner does it: the first that fails ends it, but for \`if: always()\`. */
async function runJob(at: Repository, file: File, name: string): Promise<Record<string, Ran>> {
  const job = githubWorkflow(file).jobs[name]!;
  const files = { GITHUB_ENV: path.join(at.folder, ".env"), GITHUB_STEP_SUMMARY: path.join(at.folder, ".summary") };
  for (const one of [".env", ".summary"]) at.write(one, "");
  const given = { GITHUB_REPOSITORY: "acme/shop", RUNNER_TEMP: at.folder, ...files, ...filledIn(job.env) };
  const ran: Record<string, Ran> = {};
  for (const step of job.steps) {
    if (step.run === undefined || step.run === "npm ci") continue;
    const failed = Object.values(ran).some(({ code }) => code !== 0);
    if (failed && (step as { if?: string }).if !== "always()") continue;
    const lines = at.read(".env").split("\n").filter(Boolean);
    const exported = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)));
    ran[step.name!] = await at.bash(["-e"], step.run, { ...given, ...exported, ...filledIn(step.env) });
  }
  return ran;
}
const codes = (ran: Record<string, Ran>) =>
  Object.fromEntries(Object.entries(ran).map(([name, { code }]) => [name, code]));
const comments = (): string[] =>
  (JSON.parse(repository.read("comments.json")) as [id: number, body: string][]).map(([, body]) => body);
/** Changes a file of the repository, as a pull request does, and puts it back. */
async function withChange<T>(file: string, from: string, to: string, run: () => Promise<T>): Promise<T> {
  const text = repository.read(file);
  expect(text).toContain(from);
  repository.write(file, text.replace(from, to));
  try {
    return await run();
  } finally {
    repository.write(file, text);
  }
}

beforeAll(async () => {
  account = await openAccount();
  repository = openRepository(account.backend, "repository", { ...account.env, FAKE_GH_COMMENTS: "comments.json" });
  repository.fake("gh", fakeGh);
  const stacks = await repository.bash(
    ["-e"],
    "for s in staging production; do pulumi stack init $s; done; pulumi stack init shared --cwd shared",
  );
  expect(stacks).toMatchObject({ code: 0 });
}, 180_000);
afterAll(async () => {
  repository.close();
  await account.close();
});

describe("deploy.yml", () => {
  test("staging, then production, then what is live", async () => {
    expect(codes(await runJob(repository, "github/deploy.yml", "staging"))).toEqual({ Deploy: 0 });
    const production = await runJob(repository, "github/deploy.yml", "production");
    expect(codes(production), production["Check what is live"]?.output).toEqual({ Deploy: 0, "Check what is live": 0 });
    expect(production["Check what is live"]!.output).toContain("production is ready to go live.");
    expect(repository.read("parity.html")).toContain("</html>");
  }, 300_000);
});

describe("preview.yml", () => {
  test("nothing changes: said in a comment", async () => {
    const ran = await runJob(repository, "github/preview.yml", "preview");
    expect(new Set(Object.values(codes(ran))), JSON.stringify(ran)).toEqual(new Set([0]));
    expect(comments()).toEqual([expect.stringContaining("| production |  |  |  |  | nothing changes |")]);
    expect(repository.read(".summary")).toBe(comments()[0]);
  }, 180_000);

  test("a change is refused: the comment says why, in place of the last one, and the job fails", async () => {
    account.writes();
    const ran = await withChange(
      "Pulumi.production.yaml",
      "uri: https://example.com/callback",
      "uri: http://example.com/callback",
      () => runJob(repository, "github/preview.yml", "preview"),
    );
    expect(codes(ran)).toMatchObject({ "Comment, in place of the last one": 0, "Stop what is refused": 3 });
    expect(comments()).toHaveLength(1);
    expect(comments()[0]).toContain("| production |  |  |  |  | **refused** |");
    expect(comments()[0]).toContain(
      "go-live:applications.web.redirectUris[0].uri is http: production takes https only",
    );
    expect(account.writes()).toEqual([]);
  }, 180_000);

  test("a change goes through: what it does, by environment, and no secret", async () => {
    const ran = await withChange("Pulumi.staging.yaml", "    backend: {}", "    worker: {}", () =>
      runJob(repository, "github/preview.yml", "preview"),
    );
    expect(codes(ran)).toMatchObject({ "Stop what is refused": 0 });
    expect(comments()[0]).toContain("| staging | 1 |  |  | 1 |  |");
    expect(comments()[0]).toContain("- **delete** ApiKey <code>backend</code>");
    expect(comments()[0]).not.toContain("sk_");
  }, 180_000);

  test("a flag that goes away for every environment is in the comment", async () => {
    const flags = repository.read("shared/Pulumi.shared.yaml");
    const line = flags.split("\n").find((one) => one.includes("passkeys"))!;
    await withChange("shared/Pulumi.shared.yaml", `${line}\n`, "", () =>
      runJob(repository, "github/preview.yml", "preview"),
    );
    expect(comments()[0]).toMatch(/\| shared \| .*\| 1 \|/);
    expect(comments()[0]).toContain("- **delete** FeatureFlag <code>passkeys</code>");
  }, 180_000);
});

describe("drift.yml", () => {
  const steps = ["Compare with what is live", "Compare production with staging", "Find what no stack declares"];
  const drift = () => runJob(repository, "github/drift.yml", "drift");

  test("none", async () => {
    const ran = await drift();
    expect(
      codes(ran),
      Object.values(ran)
        .map(({ output }) => output)
        .join("\n"),
    ).toEqual(Object.fromEntries(steps.map((name) => [name, 0])));
  }, 180_000);

  test("a person changed an application, made another, and staging has one more: each step finds its own", async () => {
    const { clientIds, environmentId } = JSON.parse(
      (await repository.bash(["-e"], "pulumi stack output --json --stack production")).output,
    ) as { clientIds: Record<string, string>; environmentId: string };
    const person = dashboard(account.rehearsal, environmentId);
    const listed = (await person.query(
      "query ($environmentId: String!) { userlandApplications(environmentId: $environmentId) { data { id clientId } } }",
      { environmentId },
    )) as { userlandApplications: { data: { id: string; clientId: string }[] } };
    const { id } = listed.userlandApplications.data.find(({ clientId }) => clientId === clientIds["web"])!;
    await person("setUserlandApplicationLogoutUris", {
      applicationId: id,
      logoutUris: [{ uri: "https://other.example.com/" }],
    });
    await person("createUserlandApplication", { environmentId, name: "by hand" });
    const ran = await withChange("Pulumi.staging.yaml", "    backend: {}", "    backend: {}\n    worker: {}", drift);
    expect(
      codes(ran),
      Object.values(ran)
        .map(({ output }) => output)
        .join("\n"),
    ).toEqual(Object.fromEntries(steps.map((name) => [name, 3])));
    expect(repository.read(".summary")).toContain("https://other.example.com/");
    expect(ran[steps[1]!]!.output).toMatch(/^\+ added +keys\.worker/m);
    expect(ran[steps[2]!]!.output).toContain("by hand");
  }, 180_000);
});

describe("a fork's pull request", () => {
  test("is previewed offline, then deployed to a rehearsal of its own, without one credential", async () => {
    const fork = openRepository(account.backend, "fork", {
      PULUMI_BACKEND_URL: undefined,
      PULUMI_CONFIG_PASSPHRASE: undefined,
    });
    try {
      account.writes();
      fork.write("Pulumi.production.yaml", `encryptionsalt: v1:of:the-team\n${fork.read("Pulumi.production.yaml")}`);
      const ran = await runJob(fork, "github/preview.yml", "rehearse");
      expect(codes(ran), JSON.stringify(ran)).toEqual({
        "Preview every environment": 0,
        "Start the rehearsal": 0,
        "Deploy every environment": 0,
      });
      expect(fork.read(".summary").match(/<!-- golive summary -->/g)).toHaveLength(1);
      expect(fork.read(".summary")).toContain("| production | 10 |");
      expect(account.writes()).toEqual([]);
    } finally {
      fork.close();
    }
  }, 300_000);
});
