import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chatBody, type Serving, startServing } from "../testing/serving.ts";
import { findBarriers, findEnglish, keepPicture, openPage, prefer, signInPage } from "./console-page.ts";
import { type Browser, hasBrowser, openBrowser } from "./open-browser.ts";

/** A key as its admin and as its holder see it; the steps follow on each other. */
describe.skipIf(!hasBrowser)("a key's page", () => {
  let serving: Serving;
  let browser: Browser;
  /** Without an account. */
  let holder: Browser;

  beforeAll(async () => {
    serving = await startServing();
    for (const text of ["Why is the sky blue?", "And the sea?"]) {
      await (await serving.send("/openai/v1/chat/completions", chatBody(text))).text();
    }
    browser = await openBrowser(serving.gateway.url);
    holder = await openBrowser(serving.gateway.url);
    await signInPage(browser.page, serving.gateway.url, serving.admin.username, serving.admin.password);
  });

  afterAll(async () => {
    await holder?.close();
    await browser?.close();
    await serving?.stop();
  });

  const sheet = () => browser.page.getByRole("complementary", { name: "Key e2e" });
  const stored = async () => {
    const answer = await serving.admin.request("GET", `/api/admin/api-keys/${serving.key.id}`);
    return (await answer.json()) as Record<string, unknown>;
  };

  it("shows what the key used, day by day and by model, and its latest conversations", async () => {
    const { page } = browser;
    await openPage(page, `${serving.gateway.url}/keys/?id=${serving.key.id}`);
    await sheet().getByRole("heading", { name: "The last 30 days" }).waitFor();
    await sheet().getByRole("img", { name: "Requests by day, 30 days", exact: true }).waitFor();
    await sheet()
      .getByRole("row", { name: /gpt-5-mini 2/u })
      .waitFor();
    await sheet().getByRole("link", { name: "Why is the sky blue?" }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await keepPicture(page, "key-activity-1280-en-light");
  });

  it("changes a setting in its place by keyboard, and gives the focus back", async () => {
    const { page } = browser;
    await sheet().getByRole("button", { name: "Change: Limits" }).focus();
    await page.keyboard.press("Enter");
    const requests = sheet().getByLabel("Requests", { exact: true });
    await requests.waitFor();
    await expect.poll(() => requests.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.type("250");
    await page.keyboard.press("Enter");
    await page.getByText("e2e was saved.").first().waitFor();
    expect(await stored()).toMatchObject({ max_requests: 250, alias: "e2e" });
    const edit = sheet().getByRole("button", { name: "Change: Limits" });
    await expect.poll(() => edit.evaluate((element) => element === document.activeElement)).toBe(true);
    await sheet().getByText("2 of 250 requests").first().waitFor();
  });

  it("leaves a setting alone on Escape, which closes the editor and not the page", async () => {
    const { page } = browser;
    await sheet().getByRole("button", { name: "Change: Note" }).click();
    await sheet().getByRole("textbox", { name: "Note" }).fill("never mind");
    await page.keyboard.press("Escape");
    await sheet().getByRole("textbox", { name: "Note" }).waitFor({ state: "detached" });
    await sheet().waitFor();
    expect(await stored()).toMatchObject({ note: "" });
    await sheet().getByRole("button", { name: "Change: Models" }).click();
    await sheet().getByRole("combobox", { name: "Models" }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await prefer(page, "zh-CN", "dark");
    expect(await findEnglish(page)).toEqual([]);
    await keepPicture(page, "key-editor-1280-zh-CN-dark");
    await prefer(page, "en", "light");
    await sheet().getByRole("button", { name: "Cancel" }).click();
  });

  it("tells the same thing once, however often a switch is turned", async () => {
    const { page } = browser;
    await openPage(page, `${serving.gateway.url}/keys/`);
    const toggle = page.getByRole("switch", { name: "e2e enabled" });
    for (const state of ["false", "true", "false", "true"]) {
      await toggle.click();
      await expect.poll(() => toggle.getAttribute("aria-checked")).toBe(state);
      await expect.poll(() => toggle.getAttribute("aria-disabled")).toBe(null);
    }
    const shown = page.getByRole("region", { name: "Notifications" }).getByRole("dialog");
    await shown.filter({ hasText: "e2e is enabled." }).waitFor();
    expect(await shown.filter({ hasText: "e2e is enabled." }).count()).toBe(1);
    expect(await shown.count()).toBeLessThanOrEqual(2);
    const before = await shown.count();
    await page.keyboard.press("F6");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    await expect.poll(() => shown.count()).toBe(before - 1);
  });

  it("shows its holder usage, and conversations once an admin turns that on", async () => {
    const { page } = holder;
    const show = async () => {
      await openPage(page, `${serving.gateway.url}/my/`);
      await page.getByLabel("Your key").fill(serving.key.key);
      await page.getByRole("button", { name: "Show my usage" }).click();
      await page
        .getByRole("region", { name: "The last 30 days" })
        .getByRole("row", { name: /gpt-5-mini 2/u })
        .waitFor();
    };
    await show();
    expect(await page.getByText("Why is the sky blue?").count()).toBe(0);
    await openPage(browser.page, `${serving.gateway.url}/settings/`);
    await browser.page.getByRole("switch", { name: "Holders of keys see their sessions" }).click();
    await browser.page.getByText("Holders of keys see their sessions.").first().waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await show();
    await page.getByRole("region", { name: "Sessions" }).getByText("Why is the sky blue?").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await prefer(page, "zh-CN", "light");
    expect(await findEnglish(page)).toEqual([]);
    await keepPicture(page, "my-sessions-390-zh-CN-light");
    expect(browser.problems).toEqual([]);
    expect(holder.problems).toEqual([]);
  });
});
