import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chatBody, githubTokenOf, type Serving, startServing } from "../testing/serving.ts";
import { findBarriers, findEnglish, keepPicture, openPage, prefer, signInPage } from "./console-page.ts";
import { type Browser, hasBrowser, openBrowser } from "./open-browser.ts";

const seatToken = githubTokenOf("grace");

/** A seat's whole time in the pool, as its admin and its holder see it; the steps follow on each other. */
describe.skipIf(!hasBrowser)("an invitation, from the link to the leaving", () => {
  let serving: Serving;
  /** The admin's browser. */
  let browser: Browser;
  /** Grace's, who has no account at the gateway. */
  let guest: Browser;
  let page: Page;
  let link = "";
  let key = "";
  let sealedToken = "";

  beforeAll(async () => {
    serving = await startServing({ accounts: ["alice", "grace"] });
    // Grace's seat is at GitHub, and not in the pool until she brings it.
    await serving.admin.request("DELETE", `/api/admin/github-tokens/${(await serving.admin.tokens()).grace?.id}`);
    browser = await openBrowser(serving.gateway.url);
    guest = await openBrowser(serving.gateway.url);
    page = guest.page;
    await signInPage(browser.page, serving.gateway.url, serving.admin.username, serving.admin.password);
  });

  afterAll(async () => {
    await guest?.close();
    await browser?.close();
    await serving?.stop();
  });

  const invitations = () => browser.page.getByRole("region", { name: "Invitations" });

  it("is made on the Tokens page, and its link is shown once", async () => {
    await openPage(browser.page, `${serving.gateway.url}/tokens/`);
    await browser.page.getByRole("button", { name: "Invite a colleague" }).click();
    const dialog = browser.page.getByRole("dialog");
    await dialog.getByLabel("Name", { exact: true }).fill("Grace");
    await dialog.getByLabel("Requests", { exact: true }).fill("5");
    await dialog.getByRole("button", { name: "Make the link" }).click();
    link = await dialog.getByLabel("Link", { exact: true }).inputValue();
    expect(link).toContain(`${serving.gateway.url}/join/`);
    await dialog.getByRole("button", { name: "Done" }).click();
    await invitations().getByText("Grace").waitFor();
    expect(await browser.page.content()).not.toContain(link);
  });

  it("says what joining means before it asks for anything, in both languages, without barriers", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await openPage(page, link);
    await page.getByRole("heading", { name: "Grace, join the pool" }).waitFor();
    await page.getByRole("button", { name: "Join with this token" }).click();
    await page.getByText("Tick this to go on.").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await keepPicture(page, "invitation-join-390-en-light");
    await prefer(page, "zh-CN", "dark");
    expect(await findEnglish(page)).toEqual([]);
    expect(await findBarriers(page)).toEqual([]);
    await keepPicture(page, "invitation-join-390-zh-CN-dark");
    await prefer(page, "en", "light");
  });

  it("joins with one's own token, and shows the key once", async () => {
    await page.getByText("I have read this and agree.").click();
    await page.getByLabel(/GitHub token/u).fill(seatToken);
    await page.getByRole("button", { name: "Join with this token" }).click();
    await page.getByRole("heading", { name: "You are in" }).waitFor();
    key = await page.getByLabel("Key", { exact: true }).inputValue();
    expect(key).toMatch(/^clp_[0-9A-Za-z]{40}$/u);
    expect(await findBarriers(page)).toEqual([]);
    await keepPicture(page, "invitation-joined-390-en-light");
    expect(await page.content()).not.toContain(seatToken);
    await invitations().getByText("Joined", { exact: true }).waitFor();
    sealedToken = findSealedToken(serving.gateway.dataDir, await seatId());
    expect(findInFiles(serving.gateway.dataDir, sealedToken)).not.toEqual([]);
  });

  it("answers the first request with the new key on one's own seat", async () => {
    const response = await fetch(`${serving.gateway.url}/openai/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(chatBody("hello from my own seat")),
    });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("hello from my own seat");
    const answer = await serving.admin.request("GET", "/api/requests?limit=1");
    const [latest] = ((await answer.json()) as { requests: { key_alias: string; token_alias: string }[] }).requests;
    expect(latest).toMatchObject({ key_alias: "Grace", token_alias: "Grace" });
  });

  it("shows its holder what the key may use and has used", async () => {
    await page.getByRole("link", { name: "My usage" }).click();
    await page.getByLabel("Your key").fill(key);
    await page.getByRole("button", { name: "Show my usage" }).click();
    await page.getByRole("heading", { name: "Grace" }).waitFor();
    await page.getByText("1 of 5 requests").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await keepPicture(page, "invitation-my-390-en-light");
    expect(page.url()).not.toContain(key);
  });

  it("leaves: key and seat end, and the token is gone from the disk", async () => {
    await page.getByRole("button", { name: "Leave the pool" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Leave the pool" }).click();
    await page.getByText("Your seat has left the pool.").first().waitFor();
    const refused = await fetch(`${serving.gateway.url}/api/me`, { headers: { authorization: `Bearer ${key}` } });
    expect(refused.status).toBe(401);
    expect(Object.keys(await serving.admin.tokens())).toEqual(["alice"]);
    expect(findInFiles(serving.gateway.dataDir, sealedToken)).toEqual([]);
    expect(findInFiles(serving.gateway.dataDir, seatToken)).toEqual([]);
    expect(serving.gateway.output()).not.toContain(seatToken);
  });

  it("stays on the trail, with what was agreed to", async () => {
    await openPage(browser.page, `${serving.gateway.url}/audit/`);
    for (const sentence of ["agreed to what joining with a seat means", "joined with a seat", "left with their seat"]) {
      await browser.page.getByText(sentence).first().waitFor();
    }
    await openPage(browser.page, `${serving.gateway.url}/tokens/`);
    await invitations().getByText("Left", { exact: true }).waitFor();
    await invitations()
      .getByText(/Grace agreed/u)
      .waitFor();
  });

  it("refused nothing, asked nobody else and reported no error", () => {
    expect([...browser.problems, ...guest.problems]).toEqual([]);
  });

  async function seatId(): Promise<string> {
    return (await serving.admin.tokens()).Grace?.id ?? "";
  }
});

/** The stored form of a token: what follows its id in the file of tokens. */
function findSealedToken(dataDir: string, id: string): string {
  const file = readFileSync(path.join(dataDir, "tokens.json"), "utf8");
  const found = JSON.stringify(JSON.parse(file)).split(id)[1] ?? "";
  const longest = [...found.matchAll(/"([A-Za-z0-9+/=_.:-]{40,})"/gu)].map(([, text]) => text ?? "");
  const [sealed = ""] = longest;
  expect(sealed).not.toBe("");
  return sealed;
}

/** The files below a directory that hold a text. */
function findInFiles(directory: string, text: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));
}
