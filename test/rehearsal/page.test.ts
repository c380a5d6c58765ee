// The page, in a real browser: what somebody looks at while a stack goes up.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { expect, it } from "vitest";
import { browser as someBrowser } from "../tools/browser";
import { canRun } from "../tools/run";
import { ask, mutate, unlockedWorld } from "./rig";

const { executablePath, reason } = await someBrowser();
/** Where the picture is kept, for people to look at; thrown away without it. */
const picture = process.env["GOLIVE_PICTURE"];

it.skipIf(!canRun("the page in a browser", reason))(
  "shows the tree, what differs and the last requests, and no secret",
  async () => {
    const world = await unlockedWorld();
    const home = mkdtempSync(path.join(os.tmpdir(), "golive-page-"));
    const browser = await chromium.launch({
      executablePath,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
      ],
      env: { ...process.env, HOME: home } as Record<string, string>,
    });
    try {
      const { rehearsal, dash, project, staging, production } = world;
      const uris = (environmentId: string, redirectUris: unknown[]) =>
        mutate(dash, "setRedirectUris", { environmentId, redirectUris });
      await uris(staging.id, [
        { uri: "http://localhost:3000/callback", isDefault: true },
        { uri: "https://*.staging.example.com/cb" },
      ]);
      await uris(production.id, [{ uri: "https://app.example.com/callback", isDefault: true }]);
      const flag = { projectId: project, slug: "new-checkout", name: "New checkout", userId: "user_1" };
      await mutate(dash, "createFlag", flag);
      await ask(rehearsal, staging.key, "PUT", "/feature-flags/new-checkout/enable");
      for (const [{ key }, host] of [
        [staging, "staging"],
        [production, "app"],
      ] as const)
        await ask(rehearsal, key, "POST", "/webhook_endpoints", {
          endpoint_url: `https://${host}.example.com/hooks`,
          events: ["user.created", "organization.created"],
        });
      await ask(rehearsal, "sk_test_wrong", "GET", "/organizations");

      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      const errors: string[] = [];
      page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
      await page.goto(rehearsal.url);
      const text = await page.locator("body").innerText();
      for (const part of [
        "Default",
        "Staging",
        "Production",
        "http://localhost:3000/callback",
        "new-checkout",
        "createFlag",
        "401",
      ])
        expect(text).toContain(part);
      const differing = await page.locator("tr.differs td:first-child").allInnerTexts();
      expect(differing.join("\n")).toContain("flag new-checkout");
      for (const secret of [staging.key, production.key, rehearsal.token, rehearsal.clientSecret])
        expect(await page.content()).not.toContain(secret);
      const isWide = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
      expect({ errors, isWide }).toEqual({ errors: [], isWide: false });
      const shot = await page.screenshot({ fullPage: true });
      expect(shot.length).toBeGreaterThan(10_000);
      if (picture) writeFileSync(picture, shot);
    } finally {
      await browser.close();
      await world.rehearsal.close();
      rmSync(home, { recursive: true, force: true });
    }
  },
);
