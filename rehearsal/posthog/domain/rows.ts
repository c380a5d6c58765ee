import type { Json } from "../fields";

/** What each kind of object of PostHog holds, beside its id and its parent. Names are those of the API. */
export interface OrganizationData {
  name: string;
  slug: string;
  /** How many projects the plan holds: absent 1, null as many as PostHog allows at all. */
  projects?: number | null;
  /** Whether members, who are no admins, may use personal keys. */
  membersUseKeys: boolean;
}
export interface UserData {
  uuid: string;
  email: string;
  first_name: string;
  /** What a browser of theirs is signed in with. */
  session: string;
  /** A personal key for everything, as the rehearsal hands it out. */
  key: string;
  organization: string;
  project: number | null;
}
export interface MemberData {
  /** 1 member, 8 admin, 15 owner. */
  level: number;
}
export interface PersonalKeyData {
  label: string;
  mask_value: string;
  scopes: string[];
  scoped_teams: number[];
  scoped_organizations: string[];
}
export interface ProjectData {
  name: string;
  uuid: string;
  api_token: string;
  ingested_event: boolean;
  settings: Json;
  /** When its deletion was asked for; until it is purged it counts towards the plan. */
  deletedAt: number | null;
  group_types: string[];
  /** Whether flags may be changed only by a change request. */
  approval?: boolean;
}
export interface FlagData {
  key: string;
  name: string;
  filters: Json;
  active: boolean;
  archived: boolean;
  deleted: boolean;
  tags: string[];
  evaluation_contexts: string[];
  ensure_experience_continuity: boolean | null;
  is_remote_configuration: boolean;
  has_encrypted_payloads: boolean;
  evaluation_runtime: "server" | "client" | "all";
  bucketing_identifier: "distinct_id" | "device_id";
  version: number;
  creation_context: string;
  created_by: string;
  last_modified_by: string;
  experiments: number[];
}
export interface CohortData {
  name: string;
  description: string;
  filters: Json;
  is_static: boolean;
  deleted: boolean;
  created_by: string;
}
export interface ActionData {
  name: string;
  description: string;
  tags: string[];
  steps: Json[];
  deleted: boolean;
  post_to_slack: boolean;
  slack_message_format: string;
  created_by: string;
}
export interface HogFunctionData {
  uuid: string;
  type: string;
  name: string;
  description: string;
  enabled: boolean;
  deleted: boolean;
  hog: string;
  inputs_schema: Json[];
  inputs: Json;
  filters: Json;
  masking: Json | null;
  mappings: Json[] | null;
  icon_url: string | null;
  template_id: string | null;
  execution_order: number | null;
  version: number;
  created_by: string;
}
export interface SecretKeyData {
  label: string;
  value: string;
  mask_value: string;
  scopes: string[];
  created_by: string;
  last_rolled_at: string | null;
}

/** The kinds as the store names them. */
export interface Kinds {
  ph_organization: OrganizationData;
  ph_user: UserData;
  ph_member: MemberData;
  ph_key: PersonalKeyData;
  ph_project: ProjectData;
  ph_flag: FlagData;
  ph_cohort: CohortData;
  ph_action: ActionData;
  ph_hog: HogFunctionData;
  ph_secret: SecretKeyData;
}
export type Kind = keyof Kinds;
