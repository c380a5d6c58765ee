// What every workflow of examples/ci keeps, so that a copy of it is safe.
import { describe, expect, test } from "vitest";
import { githubFiles, githubWorkflow, gitlabJobs } from "./workflows";

const jobs = githubFiles.flatMap((file) =>
  Object.entries(githubWorkflow(file).jobs).map(([name, job]) => ({ name: `${file}: ${name}`, job })),
);
const hasCredentials = ({ steps }: (typeof jobs)[number]["job"]) =>
  steps.some(({ uses = "" }) => /^pulumi\/(auth|esc)-action/.test(uses));

describe("GitHub Actions", () => {
  test.each(githubFiles)("%s gives no job a permission that it does not name", (file) => {
    const workflow = githubWorkflow(file);
    expect(workflow.permissions).toEqual({});
    // it would run a fork's code with the repository's secrets
    expect(JSON.stringify(workflow.on)).not.toContain("pull_request_target");
  });

  test.each(jobs)("$name", ({ job }) => {
    expect(job.permissions["contents"]).toBe("read");
    expect(job.permissions["id-token"]).toBe(hasCredentials(job) ? "write" : undefined);
    for (const { uses, run } of job.steps) {
      if (uses !== undefined) expect(uses).toMatch(/^[\w-]+\/[\w-]+@v\d+$/);
      // an expression in a script is code that a pull request's title may write
      if (run !== undefined) expect(run).not.toContain("${{");
    }
  });

  test("a fork's job holds no credentials, and the other takes no fork", () => {
    const { preview, rehearse } = githubWorkflow("github/preview.yml").jobs;
    expect(preview!.if).toBe("github.event.pull_request.head.repo.full_name == github.repository");
    expect(rehearse!.if).toBe("github.event.pull_request.head.repo.full_name != github.repository");
    expect(hasCredentials(rehearse!)).toBe(false);
    expect(rehearse!.permissions).toEqual({ contents: "read" });
    // nor does the other hold one of the platform
    expect(JSON.stringify(preview!.steps)).not.toContain("esc-action");
    const first = rehearse!.steps.find(({ name = "" }) => name.startsWith("Preview"));
    expect([preview!.env, first?.env]).toEqual([{ GOLIVE_OFFLINE: "true" }, { GOLIVE_OFFLINE: "true" }]);
  });

  test("production waits for its environment's approval", () => {
    expect(githubWorkflow("github/deploy.yml").jobs["production"]).toMatchObject({
      environment: "production",
      needs: "staging",
      concurrency: "production",
    });
  });
});

describe("GitLab", () => {
  const all = gitlabJobs();
  test("a fork's job holds no credentials", () => {
    const { preview, rehearse } = all;
    expect(preview!.rules![0]!.if).toContain("$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID");
    expect(rehearse!.rules![0]!.if).toContain("$CI_MERGE_REQUEST_SOURCE_PROJECT_ID != $CI_PROJECT_ID");
    expect(rehearse!.extends).toBeUndefined();
    expect(rehearse!.before_script).toEqual(["npm ci"]);
  });

  test("production is deployed by hand, in its environment", () => {
    expect(all["production"]).toMatchObject({ environment: "production", resource_group: "production" });
    expect(all["production"]!.rules).toEqual([expect.objectContaining({ when: "manual" })]);
  });
});
