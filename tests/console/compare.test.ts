import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Serving, startServing } from "../testing/serving.ts";
import { findBarriers, keepPicture, openPage, settle, signInPage } from "./console-page.ts";
import { ask, findSession, rowsOf } from "./long-chat-page.ts";
import { type Browser, hasBrowser, openBrowser } from "./open-browser.ts";

const messages = 99;
const manyLines = Array.from({ length: 60 }, (_, line) => `Line ${line}.`).join("\\n\\n");

/** Two models side by side: one goes on with a long recorded chat, the other begins. */
describe.skipIf(!hasBrowser)("models compared in the playground", () => {
  let serving: Serving;
  let browser: Browser;
  let page: Page;
  let from: string;

  beforeAll(async () => {
    serving = await startServing();
    const said = Array.from({ length: messages }, (_, index) => ({
      role: index % 2 === 0 ? "user" : "assistant",
      content: `Message ${index + 1} of a chat\n\n${"and more of it\n\n".repeat(index % 5)}`,
    }));
    await ask(serving, said);
    browser = await openBrowser(serving.gateway.url);
    page = browser.page;
    await signInPage(page, serving.gateway.url, serving.admin.username, serving.admin.password);
    from = await findSession(page, serving, ({ title }) => title?.startsWith("Message") === true);
  });

  afterAll(async () => {
    await browser?.close();
    await serving?.stop();
  });

  const log = (column: number) => page.getByRole("log").nth(column);
  const readShare = (column: number) =>
    log(column).evaluate((box) => box.scrollTop / (box.scrollHeight - box.clientHeight));
  const scrollTo = async (column: number, share: number) => {
    // Keys go to what has the focus: from then on it leads.
    await log(column).focus();
    await log(column).evaluate((box, to) => {
      box.scrollTop = to * (box.scrollHeight - box.clientHeight);
    }, share);
  };
  const say = async (text: string, answer: string) => {
    const composer = page.locator("textarea").last();
    await composer.fill(text);
    await composer.press("Enter");
    await log(1).getByText(answer, { exact: true }).last().waitFor({ state: "attached" });
    await page.getByRole("button", { name: "Stop", exact: true }).waitFor({ state: "detached" });
  };
  const answers = (column: number): Locator =>
    log(column)
      .getByRole("article")
      .filter({ has: page.locator("h3") });

  describe.each([1440, 390])("at %i px", (width) => {
    beforeAll(async () => {
      await page.setViewportSize({ width, height: 844 });
      await openPage(page, `${serving.gateway.url}/playground/?from=${encodeURIComponent("session:")}${from}`);
      await rowsOf(page).first().waitFor();
      await page.getByRole("button", { name: "Compare with another model" }).click();
      await say(`sim: text ${manyLines}`, "Line 59.");
      await settle(page);
    });

    it("has a row of figures for each answer on top", async () => {
      const table = page.getByRole("table", { name: "The last answers compared" });
      const rows = table.getByRole("row");
      expect(await rows.count()).toBe(3);
      // One of them costs premium units, once that is on record.
      await expect.poll(() => table.textContent()).toContain("premium");
      for (const row of (await rows.allTextContents()).slice(1)) expect(row).toMatch(/\d (ms|sec).*\d → \d/u);
      expect(await table.getByText("the best").count()).toBeGreaterThan(0);
      await keepPicture(page, `compare-${width}`);
      expect(await findBarriers(page)).toEqual([]);
    });

    it("scrolls a short conversation with one of which little is in the page, and the other way round", async () => {
      expect(await rowsOf(page).count()).toBeGreaterThan(0);
      for (const [leader, share] of [
        [1, 0.5],
        [0, 0.25],
        [1, 0],
        [0, 1],
      ] as const) {
        await scrollTo(leader, share);
        await expect.poll(async () => Math.abs((await readShare(1 - leader)) - share)).toBeLessThan(0.06);
        expect(Math.abs((await readShare(leader)) - share)).toBeLessThan(0.06);
      }
    });

    it("keeps an answer in all, with the own one as a version", async () => {
      const kept = answers(1).last();
      const heading = await kept.locator("h3").textContent();
      expect(await answers(0).last().locator("h3").textContent()).not.toBe(heading);
      await kept.hover();
      await kept.getByRole("button", { name: "Keep this answer in all" }).click();
      await expect.poll(() => answers(0).last().locator("h3").textContent()).toBe(heading);
      await answers(0).last().hover();
      expect(await answers(0).last().getByText("2/2").count()).toBe(1);
      // All that was said before is still there.
      expect(await rowsOf(page).last().getAttribute("aria-setsize")).toBe(String(messages + 3));
      await keepPicture(page, `compare-kept-${width}`);
    });

    it("does not hold on to the end of a long conversation that was led up a little at a time", async () => {
      await scrollTo(1, 1);
      await expect.poll(() => readShare(0)).toBeGreaterThan(0.999);
      await log(1).hover();
      // Far more at once would be known for somebody going up.
      for (let step = 0; step < 20; step += 1) {
        const before = await readShare(1);
        await page.mouse.wheel(0, -3);
        await expect.poll(() => readShare(1)).toBeLessThan(before);
      }
      await expect.poll(() => readShare(0)).toBeLessThan(0.98);
      await say("and one more", "Echo: and one more");
      expect(await readShare(0)).toBeLessThan(0.98);
    });
  });

  it("was refused nothing and reported no error", () => {
    expect([...new Set(browser.problems)]).toEqual([]);
  });
});
