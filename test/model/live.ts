// What there is, asked of the rehearsal itself and never through golive.
import type { Rehearsal } from "@golive/rehearsal";
import { dashboard } from "../engine/rehearsal";

/** Every object in the managed project that somebody made, as `kind id`. */
export async function live(rehearsal: Rehearsal): Promise<string[]> {
  const { currentTeam } = await dashboard(rehearsal).query(
    `{ currentTeam { projectsV2 { id name environments { id builtIn } } } }`,
  );
  const { projectsV2 } = currentTeam as {
    projectsV2: { id: string; name: string; environments: { id: string; builtIn: boolean }[] }[];
  };
  const found: string[] = [];
  for (const project of projectsV2.filter(({ name }) => name !== "Default")) {
    found.push(`Project ${project.id}`);
    // a flag is seen from any environment of its project
    const { flagsForProject: flags } = await dashboard(rehearsal, project.environments[0]?.id).query(
      `{ flagsForProject(projectId: "${project.id}", limit: 100) { data { id } } }`,
    );
    found.push(...(flags as { data: { id: string }[] }).data.map(({ id }) => `FeatureFlag ${id}`));
    for (const environment of project.environments.filter((e) => !e.builtIn)) {
      found.push(`Environment ${environment.id}`, ...(await inside(rehearsal, environment.id)));
    }
  }
  return found.toSorted();
}

async function inside(rehearsal: Rehearsal, environment: string): Promise<string[]> {
  type Listed = { data: { id: string; isDefault?: boolean }[] };
  const data = await dashboard(rehearsal).query(
    `{ userlandApplications(environmentId: "${environment}", limit: 100) { data { id isDefault } } webhookEndpoints(environmentId: "${environment}", limit: 100) { data { id } } keys(environmentId: "${environment}") { data { id name expiredAt } } }`,
  );
  const { data: keys } = data["keys"] as { data: { id: string; name: string; expiredAt: string | null }[] };
  return [
    ...(data["userlandApplications"] as Listed).data.filter((a) => !a.isDefault).map(({ id }) => `Application ${id}`),
    ...(data["webhookEndpoints"] as Listed).data.map(({ id }) => `WebhookEndpoint ${id}`),
    // a key that came with the environment is nobody's, one that ends is on its way out
    ...keys.filter((k) => !k.name.startsWith("Default") && k.expiredAt === null).map(({ id }) => `ApiKey ${id}`),
  ];
}
