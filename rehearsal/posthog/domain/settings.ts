import { boolean, choice, integer, type Json, list, number, object, orNull, text, texts, within } from "../fields";
import { invalid } from "../errors";

type Reader = (value: unknown, attr: string) => unknown;
interface Setting {
  readonly read: Reader;
  /** What a new project has. */
  readonly initial: unknown;
  /** A PATCH is merged into what is there, so many levels deep; else it replaces it. */
  readonly merge?: number;
}

const nullable =
  (read: Reader): Reader =>
  (value, attr) =>
    orNull(value, (one) => read(one, attr));
const words: Reader = (value, attr) => texts(value, attr, { max: 300, items: 200 });
const yes = (initial: boolean | null = false): Setting => ({
  read: initial === null ? nullable(boolean) : boolean,
  initial,
});
const maybe: Setting = { read: nullable(boolean), initial: null };
const json: Setting = { read: nullable((value, attr) => object(value, attr)), initial: null };
const merged = (merge: number): Setting => ({ ...json, merge });
const items = (initial: unknown[] | null): Setting => ({ read: nullable((value, attr) => list(value, attr)), initial });
const oneOf = (choices: readonly string[], initial: string | null): Setting => ({
  read: nullable((value, attr) => choice(value, attr, choices)),
  initial,
});

const timezone: Reader = (value, attr) => {
  const zone = text(value, attr, { max: 240 });
  try {
    if (zone !== "UTC" && !zone.includes("/")) throw new RangeError(zone);
    Intl.DateTimeFormat("en", { timeZone: zone });
    return zone;
  } catch {
    throw invalid(attr, `"${zone.slice(0, 100)}" is not a valid choice.`, "invalid_choice");
  }
};
/** A share, as text with at most two decimals: `"0.10"`. */
const share: Reader = (value, attr) => {
  const parsed = typeof value === "string" && /^[01](\.\d{1,2})?$/.test(value) ? Number(value) : NaN;
  if (Number.isNaN(parsed)) throw invalid(attr, "A valid number is required.");
  return number(parsed, attr, 0, 1).toFixed(2);
};
const filters: Reader = (value, attr) => list(value, attr).map((one, i) => object(one, within(attr, i)));

/** Every setting of a project that may be written, beside its name. What is not here is ignored, as the API does. */
export const settings: Readonly<Record<string, Setting>> = {
  product_description: {
    read: nullable((value, attr) => text(value, attr, { max: 10_000, blank: true })),
    initial: null,
  },
  timezone: { read: timezone, initial: "UTC" },
  week_start_day: { read: nullable((value, attr) => integer(value, attr, 0, 1)), initial: null },
  app_urls: { read: words, initial: [] },
  recording_domains: { read: nullable(words), initial: null },
  anonymize_ips: yes(),
  completed_snippet_onboarding: yes(),
  has_completed_onboarding_for: json,
  autocapture_opt_out: maybe,
  autocapture_exceptions_opt_in: maybe,
  autocapture_exceptions_errors_to_ignore: items(null),
  autocapture_web_vitals_opt_in: maybe,
  autocapture_web_vitals_allowed_metrics: items(null),
  capture_console_log_opt_in: maybe,
  capture_performance_opt_in: maybe,
  capture_dead_clicks: maybe,
  heatmaps_opt_in: maybe,
  surveys_opt_in: maybe,
  session_recording_opt_in: yes(),
  session_recording_sample_rate: { read: nullable(share), initial: null },
  session_recording_minimum_duration_milliseconds: {
    read: nullable((value, attr) => integer(value, attr, 0, 30_000)),
    initial: null,
  },
  session_recording_retention_period: oneOf(["30d", "90d", "1y", "5y"], "30d"),
  session_recording_linked_flag: json,
  session_recording_network_payload_capture_config: json,
  session_recording_masking_config: json,
  session_replay_config: merged(2),
  survey_config: merged(1),
  conversations_settings: merged(1),
  cookieless_server_hash_mode: { read: nullable((value, attr) => integer(value, attr, 0, 2)), initial: 0 },
  test_account_filters: { read: filters, initial: [] },
  test_account_filters_default_checked: maybe,
  path_cleaning_filters: { read: nullable(filters), initial: [] },
  data_attributes: { read: words, initial: ["data-attr"] },
  person_display_name_properties: { read: nullable(words), initial: null },
  flags_persistence_default: maybe,
  feature_flag_confirmation_enabled: maybe,
  feature_flag_confirmation_message: {
    read: nullable((value, attr) => text(value, attr, { max: 10_000, blank: true })),
    initial: null,
  },
  require_evaluation_contexts: yes(),
  default_evaluation_contexts_enabled: yes(),
  business_model: oneOf(["b2b", "b2c", "other"], null),
  base_currency: oneOf(
    ["USD", "EUR", "GBP", "JPY", "CHF", "AUD", "CAD", "SEK", "NOK", "DKK", "PLN", "BRL", "INR", "ZAR"],
    "USD",
  ),
  access_control: yes(),
  modifiers: merged(1),
  primary_dashboard: { read: nullable((value, attr) => integer(value, attr, 1)), initial: null },
  correlation_config: json,
  live_events_columns: { read: nullable(words), initial: null },
  inject_web_apps: maybe,
  human_friendly_comparison_periods: maybe,
  extra_settings: json,
};

const isPlain = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
const mergedInto = (before: unknown, change: unknown, levels: number): unknown => {
  if (levels === 0 || !isPlain(before) || !isPlain(change)) return change;
  const inner = Object.entries(change).map(
    ([name, value]) => [name, mergedInto(before[name], value, levels - 1)] as const,
  );
  return { ...before, ...Object.fromEntries(inner) };
};

export const initialSettings = (): Json =>
  Object.fromEntries(Object.entries(settings).map(([name, { initial }]) => [name, initial]));
/** The settings after a write. `without` are those that an older server does not know. */
export function writtenSettings(before: Json, body: Json, without: ReadonlySet<string>): Json {
  const next = { ...before };
  for (const [name, { read, merge }] of Object.entries(settings)) {
    if (!Object.hasOwn(body, name) || without.has(name)) continue;
    const value = read(body[name], name);
    next[name] = merge === undefined ? value : mergedInto(before[name], value, merge);
  }
  return next;
}
