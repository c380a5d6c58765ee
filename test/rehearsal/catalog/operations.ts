// The operations of the public CLI's catalog that the rehearsal serves, with everything that each selects: facts in our own
// form (workos/cli, src/catalog/mcp-catalog.snapshot.json, read 2026-11-28). No document of it is copied.
import type { Operation } from "./builders";
import { authkit, deletions, projects } from "./environments";
import { connect, flags, organizations, webhooks } from "./objects";

/** In an order in which each finds what it needs. */
export const operations: readonly Operation[] = [
  ...projects,
  ...authkit,
  ...connect,
  ...flags,
  ...webhooks,
  ...organizations,
  ...deletions,
];
