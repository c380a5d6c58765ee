// The tables of the lifecycle once more, through the plugin door: each verb crosses Pulumi's protocol over loopback.
import { vi } from "vitest";

vi.hoisted(() => {
  process.env["GOLIVE_TEST_DOOR"] = "plugin";
});
import "../lifecycle/create.test";
import "../lifecycle/handover.test";
import "../lifecycle/once.test";
import "../lifecycle/ownership.test";
import "../lifecycle/read.test";
import "../lifecycle/recovery.test";
import "../lifecycle/removal.test";
import "../lifecycle/unknown-outcome.test";
import "../lifecycle/update-delete.test";
