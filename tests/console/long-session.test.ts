import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Serving, startServing } from "../testing/serving.ts";
import { findBarriers, openPage, signInPage } from "./console-page.ts";
import { ask, findSession, maxNodes, maxRows, readStillTop, rowsOf } from "./long-chat-page.ts";
import { type Browser, hasBrowser, openBrowser } from "./open-browser.ts";

const turns = 400;

/** Of a conversation of hundreds of turns only what is in sight is in the page, and everything can be reached. */
describe.skipIf(!hasBrowser)("a long session in the console", () => {
  let serving: Serving;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    serving = await startServing();
    await converse();
    browser = await openBrowser(serving.gateway.url);
    page = browser.page;
    await signInPage(page, serving.gateway.url, serving.admin.username, serving.admin.password);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await serving?.stop();
  });

  /** One turn after the other, as a client does it: each request has all that was said before. */
  async function converse(): Promise<void> {
    const said: Record<string, unknown>[] = [];
    for (let turn = 1; turn <= turns; turn += 1) {
      const lines = Array.from({ length: turn % 7 }, (_, line) => `Line ${line} of it.`).join("\\n\\n");
      const answer = turn === 200 ? "The **weather** of `Paris`" : `Answer ${turn}`;
      said.push({ role: "user", content: `Turn ${turn} asks\nsim: text ${answer}\\n\\n${lines}` });
      said.push({ role: "assistant", content: await ask(serving, said) });
      if (turn === 100) said.push(...createToolCall());
    }
  }

  const openSession = async (more: string) => {
    const id = await findSession(page, serving, ({ requests }) => requests === turns);
    await openPage(page, `${serving.gateway.url}/sessions/?id=${id}${more}`);
    await page.getByText("Turn 1 asks").last().waitFor();
  };
  const rowOf = (turn: number) => rowsOf(page).filter({ hasText: `Turn ${turn} asks` });
  const countRows = () => rowsOf(page).count();
  const jumpTo = async (turn: number) => {
    await page.getByLabel("Jump to a turn").selectOption({ index: turn });
    await rowOf(turn).waitFor();
    return readStillTop(rowOf(turn));
  };

  describe.each([
    ["beside the list", "", 1440],
    ["as a page", "&full=1", 1440],
    ["on a phone", "", 390],
  ] as const)("%s", (_where, more, width) => {
    beforeAll(async () => {
      await page.setViewportSize({ width, height: 844 });
      await openSession(more);
    });

    it("leads to turns that are not in the page, and takes the focus there", async () => {
      for (const turn of [300, 5, 200]) {
        const top = await jumpTo(turn);
        expect({ turn, isInSight: top >= 0 && top < 300, top }).toMatchObject({ turn, isInSight: true });
        expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-posinset"))).toBe(String(turn));
        expect(await countRows()).toBeLessThan(maxRows);
      }
      // More may come than the 340 that are loaded.
      expect(await rowOf(200).getAttribute("aria-setsize")).toBe("-1");
      expect(await page.locator("*").count()).toBeLessThan(maxNodes);
    });

    it("finds what is said in a turn that is not in the page, across what is emphasised", async () => {
      await jumpTo(5);
      expect(await rowOf(200).count()).toBe(0);
      await page.getByRole("searchbox", { name: "Find in the conversation" }).fill("WEATHER OF PARIS");
      const found = page.getByRole("status").filter({ hasText: "of 1" });
      await found.waitFor();
      await page.keyboard.press("Enter");
      await found.filter({ hasText: "1 of 1" }).waitFor();
      await rowOf(200).waitFor();
      await readStillTop(rowOf(200));
      const marked = await page.evaluate(() => {
        const [range] = [...(CSS.highlights.get("find-current") ?? [])];
        return range instanceof Range ? { text: range.toString(), top: range.getBoundingClientRect().y } : null;
      });
      expect(marked?.text).toBe("weather of Paris");
      expect(marked?.top).toBeGreaterThan(0);
      expect(marked?.top).toBeLessThan(844);
      await page.keyboard.press("Escape");
    });

    it("can be reached by everybody", async () => {
      expect(await findBarriers(page)).toEqual([]);
    });

    it("scrolls to the request that it is opened with, past turns that are not loaded yet", async () => {
      const id = await findSession(page, serving, ({ requests }) => requests === turns);
      const answer = await page.request.get(`${serving.gateway.url}/api/sessions/${id}?bodies=omit`);
      const { records } = (await answer.json()) as { records: readonly { id: string }[] };
      // The first is in the page as a whole: so few turns are loaded that the conversation is not long yet.
      for (const turn of [18, 250]) {
        await openPage(page, `${serving.gateway.url}/sessions/?id=${id}&request=${records[turn - 1]?.id}${more}`);
        const row = page.locator("li:has(article)").filter({ hasText: `Turn ${turn} asks` });
        await row.waitFor({ timeout: 20_000 });
        const top = await readStillTop(row);
        expect({ turn, isInSight: top >= 0 && top < 430, top }).toMatchObject({ turn, isInSight: true });
      }
    });
  });

  describe("as a page that changes", () => {
    beforeAll(async () => {
      await page.setViewportSize({ width: 1440, height: 844 });
      await openSession("&full=1");
    });

    it("keeps what is read in its place when something above unfolds, and what is unfolded open", async () => {
      const before = await jumpTo(102);
      await rowOf(101)
        .locator("details")
        .first()
        .evaluate((folded: HTMLDetailsElement) => {
          folded.open = true;
        });
      await rowOf(101).getByText("a long way").first().waitFor();
      expect(Math.abs((await readStillTop(rowOf(102))) - before)).toBeLessThan(3);
      await jumpTo(300);
      await expect.poll(() => rowOf(101).count()).toBe(0);
      await jumpTo(101);
      expect(await rowOf(101).locator("details[open]").count()).toBe(1);
    });

    it("shows the last turn, and goes on from there", async () => {
      await jumpTo(turns);
      await page.keyboard.press("End");
      await page.getByRole("textbox", { name: "Say something more" }).waitFor();
      expect(await rowOf(turns).getAttribute("aria-setsize")).toBe(String(turns));
    });

    it("is there as a whole on paper, and when all of it is selected", async () => {
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      expect(await countRows()).toBe(turns);
      await page.evaluate(() => dispatchEvent(new Event("afterprint")));
      await expect.poll(countRows).toBeLessThan(maxRows);
      const selected = () =>
        page.evaluate(
          () =>
            document
              .getSelection()
              ?.toString()
              .match(/Turn \d+ asks/gu)?.length,
        );
      await page.evaluate(() => document.getSelection()?.selectAllChildren(document.body));
      await expect.poll(selected).toBeGreaterThanOrEqual(turns);
      await page.evaluate(() => document.getSelection()?.removeAllRanges());
      await expect.poll(countRows).toBeLessThan(maxRows);
    });
  });

  it("was refused nothing and reported no error", () => {
    expect([...new Set(browser.problems)]).toEqual([]);
  });
});

function createToolCall(): readonly Record<string, unknown>[] {
  const call = { id: "c1", type: "function", function: { name: "read_file", arguments: '{"path":"a.txt"}' } };
  const lines = Array.from({ length: 15 }, (_, line) => `${line} a long way`);
  return [
    { role: "assistant", content: null, tool_calls: [call] },
    { role: "tool", tool_call_id: "c1", content: lines.join("\n") },
  ];
}
