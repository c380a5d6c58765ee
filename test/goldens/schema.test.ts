import { packageSchema } from "@golive/provider/schema";
import { expect, test } from "vitest";
import { source } from "./source";

test("schema.json is what the definitions say; `npx vitest run test/goldens -u` rewrites it", async () => {
  const text = `${JSON.stringify(packageSchema(source), undefined, 2)}\n`;
  await expect(text).toMatchFileSnapshot("../../schema.json");
});
