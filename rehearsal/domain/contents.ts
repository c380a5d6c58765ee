import type { Store } from "../store/database";

/** What goes with an object when it goes. */
const contents: Readonly<Record<string, readonly string[]>> = {
  project: ["environment", "flag", "audit_log_action"],
  environment: [
    "application",
    "key",
    "webhook",
    "connect_application",
    "organization",
    "role",
    "permission",
    "setting",
  ],
  flag: ["rule"],
  connect_application: ["client_secret"],
  audit_log_action: ["audit_log_schema"],
};

/** Removes an object with everything in it, and the credentials of all that. */
export function removeWithContents(store: Store, type: string, id: string): void {
  for (const part of contents[type] ?? [])
    for (const child of store.children(part, id)) removeWithContents(store, part, child.id);
  store.remove(id);
}
