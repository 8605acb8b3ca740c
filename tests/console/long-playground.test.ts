import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Serving, startServing } from "../testing/serving.ts";
import { findBarriers, openPage, settle, signInPage } from "./console-page.ts";
import { ask, findSession, maxNodes, maxRows, readStillTop, rowsOf } from "./long-chat-page.ts";
import { type Browser, hasBrowser, openBrowser } from "./open-browser.ts";

const messages = 200;
/** The most that is in the page as a whole. */
const shortMessages = 60;
const manyLines = Array.from({ length: 60 }, (_, line) => `Line ${line}.`).join("\\n\\n");

/** Of a long chat only what is in sight is in the page, and all that a short one can goes on working. */
describe.skipIf(!hasBrowser)("a chat of 200 messages in the playground", () => {
  let serving: Serving;
  let browser: Browser;
  let page: Page;
  /** Of the recorded chats. What is said in the playground is on record too, under the same title. */
  const ids = new Map<string, string>();

  beforeAll(async () => {
    serving = await startServing();
    await ask(serving, createChat("Message", messages - 1));
    await ask(serving, createChat("Note", shortMessages - 1));
    browser = await openBrowser(serving.gateway.url);
    page = browser.page;
    await signInPage(page, serving.gateway.url, serving.admin.username, serving.admin.password);
    for (const name of ["Message", "Note"]) {
      ids.set(name, await findSession(page, serving, ({ title }) => title?.startsWith(name) === true));
    }
  });

  afterAll(async () => {
    await browser?.close();
    await serving?.stop();
  });

  const openChat = async (name: string) => {
    const from = `${encodeURIComponent("session:")}${ids.get(name)}`;
    await openPage(page, `${serving.gateway.url}/playground/?from=${from}`);
  };
  const log = () => page.getByRole("log");
  const composer = () => page.locator("textarea").last();
  const message = (number: number) =>
    rowsOf(page)
      .filter({ hasText: `Message ${number} of` })
      .first();
  const scrollTo = (place: "start" | "end") =>
    log().evaluate((box, to) => {
      box.scrollTop = to === "start" ? 0 : box.scrollHeight;
    }, place);
  const distanceFromEnd = () => log().evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop);
  const say = async (text: string) => {
    await composer().fill(text);
    await composer().press("Enter");
  };
  const isAnswered = () => page.getByRole("button", { name: "Stop", exact: true }).waitFor({ state: "detached" });
  const change = async (number: number) => {
    await message(number).hover();
    await message(number).getByRole("button", { name: "Edit" }).click();
    return log().getByRole("textbox");
  };

  describe.each([1440, 390])("at %i px", (width) => {
    beforeAll(async () => {
      await page.setViewportSize({ width, height: 844 });
      await openChat("Message");
      await message(messages - 1).waitFor();
      await settle(page);
    });

    it("begins at its end, with little of it in the page", async () => {
      await expect.poll(distanceFromEnd).toBeLessThan(70);
      expect(await rowsOf(page).count()).toBeLessThan(maxRows);
      expect(await page.locator("*").count()).toBeLessThan(maxNodes);
      expect(await rowsOf(page).last().getAttribute("aria-setsize")).toBe(String(messages));
      expect(await findBarriers(page)).toEqual([]);
    });

    it("finds a message that is not in the page", async () => {
      expect(await message(7).count()).toBe(0);
      const search = page.getByRole("searchbox", { name: "Find in the conversation" });
      await search.fill("MESSAGE 7 OF");
      await page.getByRole("status").filter({ hasText: "of 1" }).waitFor();
      await search.press("Enter");
      await message(7).waitFor();
      const top = await readStillTop(message(7));
      expect(top).toBeGreaterThan(0);
      expect(top).toBeLessThan(844);
      await search.fill("");
    });

    it("keeps what a message is being changed to while it is out of sight", async () => {
      const field = await change(5);
      await field.fill("Message 5 in other words");
      await composer().focus();
      await scrollTo("end");
      await expect.poll(() => field.count()).toBe(0);
      await scrollTo("start");
      await expect.poll(() => field.inputValue()).toBe("Message 5 in other words");
      await log().getByRole("button", { name: "Cancel" }).click();
    });

    it("follows an answer while it comes in, but not when somebody reads further up", async () => {
      await scrollTo("end");
      await say(`sim: text ${manyLines}`);
      await log().getByText("Line 59.", { exact: true }).waitFor();
      await isAnswered();
      await expect.poll(distanceFromEnd).toBeLessThan(70);
      await log().press("PageUp");
      await expect.poll(distanceFromEnd).toBeGreaterThan(200);
      await scrollTo("start");
      await message(1).waitFor();
      await say(`sim: text ${manyLines}`);
      await rowsOf(page).nth(-1).getByText("Line 59.", { exact: true }).waitFor({ state: "attached" });
      await isAnswered();
      expect(await log().evaluate((box) => box.scrollTop)).toBeLessThan(70);
      await page.getByRole("button", { name: "To the end" }).click();
      await expect.poll(distanceFromEnd).toBeLessThan(70);
    });

    it("goes on in another version of an early message, and back", async () => {
      await scrollTo("start");
      await message(1).waitFor();
      await (await change(1)).fill("Said anew");
      await log().getByRole("button", { name: "Send again" }).click();
      await log().getByText("Echo: Said anew").waitFor();
      expect(await rowsOf(page).count()).toBe(0);
      expect(await page.getByRole("searchbox").count()).toBe(0);
      await log().getByText("Said anew").first().hover();
      await page.getByRole("button", { name: "Previous version" }).first().click();
      await rowsOf(page).first().waitFor();
      expect(await rowsOf(page).count()).toBeLessThan(maxRows);
    });
  });

  it("leaves what is read in its place when a chat gets long", async () => {
    await page.setViewportSize({ width: 1440, height: 844 });
    await openChat("Note");
    const note = log().getByText("Note 9 of a chat").first();
    await note.waitFor();
    await settle(page);
    expect(await rowsOf(page).count()).toBe(0);
    await note.evaluate((element) => element.scrollIntoView({ block: "start" }));
    // The figures and the search above the conversation take some room of it.
    const readTop = async () => (await readStillTop(note)) - (await readStillTop(log()));
    const before = await readTop();
    await say("and one more");
    await rowsOf(page).first().waitFor();
    await isAnswered();
    expect(Math.abs((await readTop()) - before)).toBeLessThan(3);
    expect(await rowsOf(page).last().getAttribute("aria-setsize")).toBe(String(shortMessages + 2));
  });

  it("was refused nothing and reported no error", () => {
    expect([...new Set(browser.problems)]).toEqual([]);
  });
});

/** What was said by turns; the last is the user's. */
function createChat(name: string, length: number) {
  return Array.from({ length }, (_, index) => ({
    role: index % 2 === 0 ? "user" : "assistant",
    content: `${name} ${index + 1} of a chat\n\n${"and more of it\n\n".repeat(index % 5)}`,
  }));
}
