import type { Row, Store } from "../../store/database";
import { levelIn, organizationsOf } from "../domain/accounts";
import { projectOf, projectsOf } from "../domain/projects";
import type { OrganizationData, ProjectData, UserData } from "../domain/rows";
import { byId, newToken, numberOf } from "../domain/store";

/** A user as other objects name them. */
export function userView(store: Store, id: string) {
  const user = byId(store, "ph_user", id);
  return user
    ? {
        id: numberOf(user),
        uuid: user.data.uuid,
        distinct_id: user.data.uuid,
        first_name: user.data.first_name,
        last_name: "",
        email: user.data.email,
        is_email_verified: true,
        hedgehog_config: null,
        role_at_organization: null,
      }
    : null;
}
export const times = ({ createdAt, updatedAt }: Row<unknown>) => ({ created_at: createdAt, updated_at: updatedAt });

/** A project in a list. */
export const basicProject = (project: Row<ProjectData>) => ({
  id: numberOf(project),
  uuid: project.data.uuid,
  organization: project.parent,
  api_token: project.data.api_token,
  name: project.data.name,
  completed_snippet_onboarding: project.data.settings["completed_snippet_onboarding"],
  has_completed_onboarding_for: project.data.settings["has_completed_onboarding_for"],
  ingested_event: project.data.ingested_event,
  is_demo: false,
  timezone: project.data.settings["timezone"],
  access_control: project.data.settings["access_control"],
});
/** The same of the time when projects and teams were two. */
const basicTeam = (project: Row<ProjectData>) => ({ ...basicProject(project), project_id: numberOf(project) });
export function fullProject(store: Store, user: string, without: ReadonlySet<string>, project: Row<ProjectData>) {
  const { name, api_token, uuid, ingested_event, settings, group_types } = project.data;
  const known = Object.fromEntries(Object.entries(settings).filter(([setting]) => !without.has(setting)));
  return {
    id: numberOf(project),
    project_id: numberOf(project),
    uuid,
    organization: project.parent,
    name,
    api_token,
    secret_api_token: null,
    secret_api_token_backup: null,
    is_demo: false,
    is_pending_deletion: false,
    ingested_event,
    ...known,
    ...times(project),
    effective_membership_level: levelIn(store, project.parent, user) ?? null,
    has_group_types: group_types.length > 0,
    group_types: group_types.map((group_type, group_type_index) => ({ group_type, group_type_index })),
    // minted for each reading
    live_events_token: newToken("live"),
    person_on_events_querying_enabled: true,
    default_modifiers: {},
    product_intents: [],
    available_setup_task_ids: [],
    user_access_level: "admin",
    managed_viewsets: {},
    event_retention_months: null,
    events_retention_enforced: false,
  };
}

/** What the plan holds, as the API tells it. */
const features = ({ projects }: OrganizationData) => [
  ...(projects === undefined
    ? []
    : [{ key: "organizations_projects", name: "Projects", limit: projects, unit: "projects" }]),
  { key: "zapier", name: "Zapier" },
];
export const basicOrganization = (store: Store, user: string, { id, data }: Row<OrganizationData>) => ({
  id,
  name: data.name,
  slug: data.slug,
  logo_media_id: null,
  membership_level: levelIn(store, id, user) ?? null,
  members_can_use_personal_api_keys: data.membersUseKeys,
});
export const fullOrganization = (store: Store, user: string, organization: Row<OrganizationData>) => ({
  ...basicOrganization(store, user, organization),
  ...times(organization),
  plugins_access_level: 3,
  teams: projectsOf(store, organization.id).map(basicProject),
  projects: projectsOf(store, organization.id).map((project) => ({
    id: numberOf(project),
    organization_id: organization.id,
    name: project.data.name,
  })),
  available_product_features: features(organization.data),
  is_member_join_email_enabled: true,
  metadata: { instance_tag: "none" },
  customer_id: null,
  enforce_2fa: null,
  members_can_invite: true,
  members_can_create_projects: false,
  member_count: 1,
  is_ai_data_processing_approved: false,
  default_experiment_stats_method: "bayesian",
  allow_publicly_shared_resources: true,
  default_role_id: null,
});
export const wholeUser = (store: Store, user: Row<UserData>) => {
  const organization = byId(store, "ph_organization", user.data.organization);
  const current = user.data.project === null ? undefined : projectOf(store, String(user.data.project));
  return {
    ...userView(store, user.id),
    date_joined: user.createdAt,
    is_staff: false,
    pending_email: null,
    notification_settings: {},
    anonymize_data: false,
    toolbar_mode: "toolbar",
    has_password: true,
    is_impersonated: null,
    is_impersonated_until: null,
    sensitive_session_expires_at: null,
    events_column_config: { active: "DEFAULT" },
    is_2fa_enabled: false,
    has_social_auth: false,
    has_sso_enforcement: false,
    has_seen_product_intro_for: null,
    scene_personalisation: [],
    theme_mode: null,
    organization: organization ? fullOrganization(store, user.id, organization) : null,
    organizations: organizationsOf(store, user.id).map((one) => basicOrganization(store, user.id, one)),
    team: current ? basicTeam(current) : null,
  };
};
