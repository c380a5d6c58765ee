import type { Row, Store } from "../../store/database";
import { invalid, required } from "../errors";
import { boolean, choice, type Json, list, object, orElse, orNull, tags, text, within } from "../fields";
import type { ActionData } from "./rows";
import { add, childrenOf, numberOf } from "./store";

const texts = ["event", "selector", "tag_name", "text", "href", "url"] as const;
const matchings = ["text_matching", "href_matching", "url_matching"] as const;

/** A step: an event, and what it must carry. Every field is there when it is read. */
function readStep(value: unknown, attr: string): Json {
  const from = object(value, attr);
  const step: Json = {};
  for (const name of texts)
    step[name] =
      from[name] === undefined
        ? null
        : orNull(from[name], (one) => text(one, within(attr, name), { max: 2_000, blank: true }));
  for (const name of matchings)
    step[name] =
      from[name] === undefined
        ? null
        : orNull(from[name], (one) => choice(one, within(attr, name), ["contains", "regex", "exact"] as const));
  step["properties"] = list(from["properties"] ?? [], within(attr, "properties")).map((one, i) =>
    object(one, within(within(attr, "properties"), i)),
  );
  return step;
}
export const actionsOf = (store: Store, project: string): Row<ActionData>[] =>
  childrenOf(store, "ph_action", project).filter(({ data }) => !data.deleted);

function written(store: Store, project: string, before: ActionData, body: Json, own?: string): ActionData {
  const next: ActionData = {
    ...before,
    name: orElse(body["name"], before.name, (value) => text(value, "name")),
    description: orElse(body["description"], before.description, (value) =>
      text(value, "description", { max: 10_000, blank: true }),
    ),
    tags: orElse(body["tags"], before.tags, (value) => tags(value)),
    steps: orElse(body["steps"], before.steps, (value) =>
      list(value, "steps", 100).map((one, i) => readStep(one, within("steps", i))),
    ),
    deleted: orElse(body["deleted"], before.deleted, (value) => boolean(value, "deleted")),
    post_to_slack: orElse(body["post_to_slack"], before.post_to_slack, (value) => boolean(value, "post_to_slack")),
    slack_message_format: orElse(body["slack_message_format"], before.slack_message_format, (value) =>
      text(value, "slack_message_format", { max: 1_200, blank: true }),
    ),
  };
  if (next.name === "") throw required("name");
  const twin = next.deleted
    ? undefined
    : actionsOf(store, project).find(({ id, data }) => id !== own && data.name === next.name);
  if (twin) throw invalid("name", `This project already has an action with this name, ID ${numberOf(twin)}`, "unique");
  return next;
}
export const createAction = (store: Store, project: string, user: string, body: Json): Row<ActionData> => {
  const empty: ActionData = {
    name: "",
    description: "",
    tags: [],
    steps: [],
    deleted: false,
    post_to_slack: false,
    slack_message_format: "",
    created_by: user,
  };
  return add(store, "ph_action", project, written(store, project, empty, body));
};
export const updateAction = (store: Store, action: Row<ActionData>, body: Json): Row<ActionData> =>
  store.update(action, { data: written(store, action.parent, action.data, body, action.id) });
