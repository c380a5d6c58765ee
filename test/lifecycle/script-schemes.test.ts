import { definitions } from "@golive/provider";
import { check } from "@golive/provider/lifecycle/check";
import { expect, it } from "vitest";

it.each([
  "javascript:alert(1)",
  "data:text/html,x",
  "vbscript:x",
  "file:///etc/passwd",
  "blob:https://a.example.com/1",
])("a redirect to %s is refused in staging and in production", (uri) => {
  for (const environmentType of ["staging", "production"]) {
    const inputs = { environment: "environment_1", environmentType, name: "web", redirectUris: [{ uri }] };
    const { failures } = check(definitions.Application, {}, inputs);
    expect(failures).toEqual([
      { property: "redirectUris[0].uri", reason: expect.stringContaining("runs code or reads files") as string },
    ]);
  }
});
