import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chatBody, type Serving, startServing } from "../testing/serving.ts";
import { findBarriers, openPage, signInPage } from "./console-page.ts";
import { type Browser, hasBrowser, openBrowser } from "./open-browser.ts";

/** What was asked and how it went: as a list, and as a chart that is a table too; the steps follow on each other. */
describe.skipIf(!hasBrowser)("what is on record in the console", () => {
  let serving: Serving;
  let browser: Browser;
  let failedId = "";

  const ask = async (text: string, more: Readonly<Record<string, unknown>> = {}) => {
    const response = await serving.send("/openai/v1/chat/completions", chatBody(text, more));
    await response.text();
    return response.headers.get("x-request-id") ?? "";
  };

  beforeAll(async () => {
    serving = await startServing();
    await ask("the first question");
    failedId = await ask("the second question", { model: "no-such-model" });
    browser = await openBrowser(serving.gateway.url);
    await browser.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await signInPage(browser.page, serving.gateway.url, serving.admin.username, serving.admin.password);
  });

  afterAll(async () => {
    await browser?.close();
    await serving?.stop();
  });

  const rows = () => browser.page.getByRole("table", { name: "Requests" }).locator("tbody tr");

  it("narrows the requests by an address that can be sent to somebody else", async () => {
    const { page } = browser;
    await openPage(page, `${serving.gateway.url}/sessions/?tab=requests&status=failed`);
    await page.getByText("404 model_not_found").waitFor();
    expect(await rows().count()).toBe(1);
    await page.getByRole("button", { name: "Remove the filter Outcome" }).click();
    await expect.poll(() => rows().count()).toBe(2);
    expect(page.url()).not.toContain("status=");
    expect(await findBarriers(page)).toEqual([]);
  });

  it("adds a request on top as it ends, unless the filter leaves it out", async () => {
    const { page } = browser;
    await ask("the third question");
    await expect.poll(() => rows().count()).toBe(3);
    await openPage(page, `${serving.gateway.url}/sessions/?tab=requests&code=model_not_found`);
    await page.getByText("404 model_not_found").waitFor();
    await ask("the fourth question");
    await ask("the fifth question", { model: "another-model" });
    await expect.poll(() => rows().count()).toBe(2);
  });

  it("offers values with how many requests each holds, and takes a length of time as it is typed", async () => {
    const { page } = browser;
    await openPage(page, `${serving.gateway.url}/sessions/?tab=requests`);
    await expect.poll(() => rows().count()).toBe(5);
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByRole("option", { name: "Outcome" }).click();
    const failed = page.getByRole("option", { name: /^Failed/u });
    await failed.getByTitle("2 requests").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await failed.click();
    await expect.poll(() => rows().count()).toBe(2);
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByRole("option", { name: "Took at least" }).click();
    await page.getByRole("combobox", { name: "Took at least" }).fill("20 min");
    await page.getByRole("option", { name: "20 min" }).click();
    await expect.poll(() => rows().count()).toBe(0);
    await expect.poll(() => new URL(page.url()).searchParams.get("min_ms")).toBe("1200000");
    expect(new URL(page.url()).searchParams.get("status")).toBe("failed");
  });

  it("searches what was said, and opens a pasted id at once", async () => {
    const { page } = browser;
    await openPage(page, `${serving.gateway.url}/sessions/?tab=requests`);
    await expect.poll(() => rows().count()).toBe(5);
    const search = page.getByPlaceholder("Search texts, or paste an id");
    await search.fill("third QUESTION");
    await expect.poll(() => rows().count()).toBe(1);
    await search.fill(failedId);
    await page.waitForURL((url) => url.searchParams.get("request") === failedId);
    await page.getByRole("complementary").getByText("model_not_found").first().waitFor();
    expect(await search.inputValue()).toBe("");
  });

  it("finds a text in a conversation by keyboard, and leaves it open", async () => {
    const { page } = browser;
    await openPage(page, `${serving.gateway.url}/sessions/`);
    await page.getByText("the third question").first().click();
    await page.getByText("Echo: the third question").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("QUESTION");
    const found = page.getByRole("complementary").getByRole("status").filter({ hasText: "of 2" });
    await found.waitFor();
    await page.keyboard.press("Enter");
    await found.filter({ hasText: "1 of 2" }).waitFor();
    await page.keyboard.press("Shift+Enter");
    await found.filter({ hasText: "2 of 2" }).waitFor();
    expect(await page.evaluate(() => [...CSS.highlights.keys()].sort())).toEqual(["find", "find-current"]);
    await page.keyboard.press("Escape");
    await page.getByText("Echo: the third question").waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });

  it("shows a chart as a table by keyboard, and copies it", async () => {
    const { page } = browser;
    await openPage(page, `${serving.gateway.url}/usage/?range=24h&bucket=5m`);
    await page.getByRole("button", { name: "5 min", pressed: true }).waitFor();
    const toggle = page.getByRole("button", { name: "Show as a table" });
    await toggle.focus();
    await page.keyboard.press("Enter");
    const table = page.getByRole("region", { name: "Requests" }).getByRole("table").first();
    await table.waitFor();
    await expect.poll(() => table.locator("tbody tr").count()).toBeGreaterThan(280);
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Copy as CSV" }).first().click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const [head, ...lines] = copied.trim().split("\n");
    expect(head).toContain("time");
    const sum = lines.flatMap((line) => line.split(",").slice(1)).reduce((total, value) => total + Number(value), 0);
    expect(sum).toBe(5);
  });

  it("counts days of the reader's time zone, and of UTC when asked", async () => {
    const { page } = browser;
    const asked: URL[] = [];
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.pathname === "/api/stats") asked.push(url);
    });
    const bucketsAsked = () =>
      asked
        .splice(0)
        .flatMap(({ searchParams }) =>
          searchParams.get("group_by") === "week" ? [[searchParams.get("tz"), searchParams.get("split_by")]] : [],
        );
    await openPage(page, `${serving.gateway.url}/usage/?range=30d&bucket=week`);
    expect(bucketsAsked()).toEqual([["Europe/Berlin", "model"]]);
    await page.getByRole("button", { name: /UTC\+[12]/u }).click();
    await page.getByRole("menuitemradio", { name: "UTC", exact: true }).click();
    await page.waitForURL(/tz=utc/u);
    await expect.poll(bucketsAsked).toEqual([[null, "model"]]);
    expect(browser.problems).toEqual([]);
  });
});
