import type { BatchPage } from "@copilot-llm/gateway/admin-api";
import OpenAI, { toFile } from "openai";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Serving, startServing } from "../testing/serving.ts";
import { findBarriers, findEnglish, keepPicture, openPage, prefer, signInPage } from "./console-page.ts";
import { type Browser, hasBrowser, openBrowser } from "./open-browser.ts";

const model = "gpt-5-mini";

/** Batches that really run, as an admin sees them; the steps follow on each other. */
describe.skipIf(!hasBrowser)("batches in the console", () => {
  let serving: Serving;
  let browser: Browser;
  let client: OpenAI;

  beforeAll(async () => {
    serving = await startServing();
    client = new OpenAI({ baseURL: `${serving.gateway.url}/openai/v1`, apiKey: serving.key.key, maxRetries: 0 });
    browser = await openBrowser(serving.gateway.url);
    await signInPage(browser.page, serving.gateway.url, serving.admin.username, serving.admin.password);
  });

  afterAll(async () => {
    await browser?.close();
    await serving?.stop();
  });

  const createBatch = async (texts: readonly string[]) => {
    const lines = texts.map((content, index) =>
      JSON.stringify({
        custom_id: `row-${index + 1}`,
        method: "POST",
        url: "/v1/chat/completions",
        body: { model, messages: [{ role: "user", content }] },
      }),
    );
    const file = await client.files.create({
      file: await toFile(Buffer.from(lines.join("\n")), "input.jsonl"),
      purpose: "batch",
    });
    return client.batches.create({
      input_file_id: file.id,
      endpoint: "/v1/chat/completions",
      completion_window: "24h",
      metadata: { job: "nightly" },
    });
  };
  const row = (id: string): Locator => browser.page.getByRole("row").filter({ hasText: id });
  const sheet = () => browser.page.getByRole("complementary", { name: "Batch of e2e" });

  it("leads an admin from the empty page to the switch, which turns them on", async () => {
    const { page } = browser;
    await openPage(page, `${serving.gateway.url}/batches/`);
    await page.getByRole("link", { name: "Turn batches on" }).click();
    const section = page.getByRole("region", { name: "Batches" });
    await section.getByText("Run batches on quota that would be lost").click();
    await section.getByLabel("At once in the pool").fill("1");
    await section.getByRole("button", { name: "Save" }).click();
    await page.getByText("The settings were saved.").first().waitFor();
    await section.getByText("On", { exact: true }).waitFor();
  });

  it("shows a batch running, follows it without a reload, and ends with its counts", async () => {
    const { page } = browser;
    await openPage(page, `${serving.gateway.url}/batches/`);
    const { id } = await createBatch([
      "good morning",
      "sim: fault content-filtered",
      "sim: first-byte 4000\nslowly",
      "goodbye",
    ]);
    await row(id).getByText("In progress").waitFor();
    await row(id).getByText("1 running").waitFor();
    await page.getByText("1 request is under way on this gateway.").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await row(id).getByText("4 of 4 · 1 failed").waitFor();
    await row(id).getByText("Completed").waitFor();
    await row(id)
      .getByText(/^Ended/u)
      .waitFor();
    await page.getByText("Every batch is done.").waitFor();
  });

  it("opens to each failed request with its reason, and from there to the request itself", async () => {
    const { page } = browser;
    await page.getByRole("link", { name: /batch_/u }).click();
    const failed = sheet().getByRole("list", { name: "Failed requests" });
    await failed.getByText("row-2").waitFor();
    await failed.getByText(/^422 /u).waitFor();
    await sheet().getByText("nightly").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
    await keepPicture(page, "batch-1440-en-light");
    await prefer(page, "zh-CN", "dark");
    expect(await findEnglish(page)).toEqual([]);
    expect(await findBarriers(page)).toEqual([]);
    await keepPicture(page, "batch-1440-zh-CN-dark");
    await prefer(page, "en", "light");
    await failed.getByRole("link", { name: "Request" }).click();
    await page.waitForURL(/\/sessions\/\?tab=requests&request=req_/u);
    await page.getByRole("complementary").getByText("422").first().waitFor();
  });

  it("cancels what has not begun, and says so on the trail", async () => {
    const { page } = browser;
    await openPage(page, `${serving.gateway.url}/batches/`);
    const { id } = await createBatch(["sim: first-byte 6000\nslowly", "second", "third"]);
    await row(id).getByText("1 running").waitFor();
    await row(id).getByRole("button", { name: "Cancel the batch of e2e" }).click();
    const question = page.getByRole("alertdialog", { name: "Cancel the batch of e2e?" });
    await question.getByText("2 requests have not begun and will not run.", { exact: false }).waitFor();
    await question.getByRole("button", { name: "Cancel batch" }).click();
    await row(id).getByText("2 not run").waitFor();
    await row(id).getByText("Cancelled", { exact: true }).waitFor();
    expect(await row(id).getByRole("button").count()).toBe(0);
    const answer = await serving.admin.request("GET", "/api/batches");
    const [latest] = ((await answer.json()) as BatchPage).batches;
    expect(latest).toMatchObject({ id, status: "cancelled", counts: { succeeded: 1, cancelled: 2 } });
    await openPage(page, `${serving.gateway.url}/audit/`);
    await page
      .getByText(/cancelled a batch/iu)
      .first()
      .waitFor();
    expect(browser.problems).toEqual([]);
  });
});
