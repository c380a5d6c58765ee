import type { Exchange, Reply } from "../../http/exchange";
import type { Row, Store } from "../../store/database";
import type { ProjectData } from "../domain/rows";
import { isObject, type Json } from "../fields";
import { askedOf, projectOfBody } from "./flags";

const mostGroupTypes = 5;
/** The kinds of groups that events name for the first time, each with the next number. */
function withGroupTypes(project: Row<ProjectData>, events: readonly Json[]): ProjectData {
  const types = [...project.data.group_types];
  for (const { event, properties } of events) {
    const type = event === "$groupidentify" && isObject(properties) ? properties["$group_type"] : undefined;
    if (typeof type === "string" && type !== "" && !types.includes(type) && types.length < mostGroupTypes)
      types.push(type.slice(0, 400));
  }
  return { ...project.data, ingested_event: true, group_types: types };
}

/** Events are taken for what they do to the project: it is one that somebody uses. They are not kept. */
export function capture(store: Store, exchange: Exchange): Reply {
  const body = askedOf(exchange);
  return store.transaction(() => {
    const project = projectOfBody(store, body);
    const events = Array.isArray(body["batch"]) ? body["batch"].filter(isObject) : [body];
    const data = withGroupTypes(project, events);
    if (!project.data.ingested_event || data.group_types.length > project.data.group_types.length)
      store.update(project, { data });
    return { status: 200, body: { status: "Ok" } };
  });
}
