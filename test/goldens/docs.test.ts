import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { referencePages } from "@golive/provider/docs";
import { platformPage } from "@golive/provider/platform-docs";
import { modules } from "@golive/provider/platforms/index";
import { describe, expect, test } from "vitest";
import { source } from "./source";

const folder = fileURLToPath(new URL("../../docs/reference", import.meta.url));
const pages = { ...referencePages(source), "platforms.md": platformPage(modules) };

describe("docs/reference is what the definitions say; `npx vitest run test/goldens -u` rewrites it", () => {
  test.each(Object.entries(pages))("%s", async (file, text) => {
    await expect(text).toMatchFileSnapshot(`../../docs/reference/${file}`);
  });

  test("no page of a resource that is gone", () => {
    const files = existsSync(folder) ? readdirSync(folder) : [];
    expect(files.filter((file) => !(file in pages))).toEqual([]);
  });
});
