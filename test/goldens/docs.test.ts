import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { referencePages, registry } from "@golive/provider/docs";
import { assumptionTable, platformPage } from "@golive/provider/platform-docs";
import { modules } from "@golive/provider/platforms/index";
import { describe, expect, test } from "vitest";
import { source } from "./source";

const folder = fileURLToPath(new URL("../../docs/reference", import.meta.url));
const pages = { ...referencePages(source), "platforms.md": platformPage(modules) };

describe("docs/reference is what the definitions say; `npx vitest run test/goldens -u` rewrites it", () => {
  test.each(Object.entries(pages))("%s", async (file, text) => {
    await expect(text).toMatchFileSnapshot(`../../docs/reference/${file}`);
  });

  test.each(Object.entries(registry(source)))("the registry's %s", async (file, text) => {
    await expect(text).toMatchFileSnapshot(`../../docs/${file}`);
  });

  test("no page of a resource that is gone", () => {
    const files = existsSync(folder) ? readdirSync(folder) : [];
    expect(files.filter((file) => !(file in pages))).toEqual([]);
  });
});

describe("docs/platforms lists what golive assumes", () => {
  const assuming = modules.filter(({ contract }) => contract !== undefined);

  test.each(assuming.map((module) => [module.name, module] as const))("%s", async (name, module) => {
    const page = readFileSync(new URL(`../../docs/platforms/${name}.md`, import.meta.url), "utf8");
    const [before, after, ...more] = page.split(/(?<=<!-- assumptions: [^\n]*\n)[^]*?(?=<!-- end -->)/);
    expect(more).toEqual([]);
    const text = `${before}\n${assumptionTable(module)}\n\n${after}`;
    await expect(text).toMatchFileSnapshot(`../../docs/platforms/${name}.md`);
  });

  test("each by one id, in sentences", () => {
    for (const { contract } of assuming) {
      const ids = contract!.assumptions.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { assumed, otherwise } of contract!.assumptions)
        for (const text of [assumed, otherwise]) expect(text).toMatch(/^[A-Za-z`].*\.$/);
    }
  });
});
