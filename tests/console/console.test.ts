import { type Simulator, startSimulator } from "@copilot-llm/simulator";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chatBody, githubTokenOf } from "../testing/serving.ts";
import { type Gateway, startGateway } from "../testing/start-gateway.ts";
import { type Browser, hasBrowser, openBrowser } from "./open-browser.ts";

const username = "ada";
const password = "correct horse battery";
const githubToken = githubTokenOf("alice");

/** The console in a browser, served by the built gateway; the steps follow on each other. */
describe.skipIf(!hasBrowser)("console", () => {
  let simulator: Simulator;
  let gateway: Gateway;
  let browser: Browser;
  let key = "";

  beforeAll(async () => {
    simulator = await startSimulator({ accounts: [{ login: "alice", token: githubToken }] });
    gateway = await startGateway({ simulator });
    browser = await openBrowser(gateway.url);
  });

  afterAll(async () => {
    await browser?.close();
    await gateway?.stop();
    await simulator?.close();
  });

  const open = (path: string) => browser.page.goto(`${gateway.url}${path}`, { waitUntil: "load" });
  const button = (name: string | RegExp) => browser.page.getByRole("button", { name, exact: true });
  const rowOf = (alias: string) => browser.page.getByRole("row").filter({ hasText: alias });
  const toast = (text: string) => browser.page.getByText(text).first().waitFor();
  const pathname = () => new URL(browser.page.url()).pathname;
  const arriveAt = (path: string) => browser.page.waitForURL((url) => url.pathname === path);
  const chooseAction = async (alias: string, action: string) => {
    await button(`Actions for ${alias}`).click();
    await browser.page.getByRole("menuitem", { name: action }).click();
  };
  const chat = () =>
    fetch(`${gateway.url}/openai/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(chatBody("hello from the console")),
    });
  const fill = async (container: Locator, values: Record<string, string>) => {
    for (const [label, value] of Object.entries(values)) {
      await container.getByLabel(label, { exact: true }).fill(value);
    }
  };

  const logOut = async (name: string) => {
    await button(`Account ${name}`).click();
    await browser.page.getByRole("menuitem", { name: "Log out" }).click();
    await arriveAt("/login/");
  };
  const logIn = async (name: string) => {
    await fill(browser.page.locator("form"), { Username: name, Password: password });
    await browser.page.keyboard.press("Enter");
    await button(`Account ${name}`).waitFor();
  };

  it("says how to find the setup link before there is an admin", async () => {
    await open("/tokens");
    await arriveAt("/setup/");
    await browser.page.getByText("Open the printed setup link").waitFor();
  });

  it("creates the first admin from the printed link and logs in", async () => {
    await browser.page.goto(gateway.setupUrl() ?? "");
    const form = browser.page.locator("form");
    await form.getByLabel("Username").waitFor();
    expect(await form.getByLabel("Setup code").count()).toBe(0);
    await fill(form, { Username: username, Password: password, "Repeat password": password });
    await button("Create admin").click();
    await arriveAt("/");
    await browser.page.getByRole("heading", { name: "First steps" }).waitFor();
  });

  it("offers login instead of setup once there is an admin", async () => {
    await browser.page.goto(gateway.setupUrl() ?? `${gateway.url}/setup`);
    await browser.page.getByRole("heading", { name: "Already set up" }).waitFor();
  });

  it("leads a newcomer from the overview to adding a token, which becomes active", async () => {
    await open("/");
    await browser.page.getByRole("link", { name: "Add a token" }).click();
    await arriveAt("/tokens/");
    const dialog = browser.page.getByRole("dialog");
    await dialog.getByText("Each token must be its holder's own").waitFor();
    await fill(dialog, { Alias: "Alice", "GitHub token": githubToken });
    await dialog.getByRole("button", { name: "Add token" }).click();
    await dialog.getByText("Alice was added.").waitFor();
    await dialog.getByText("@alice").waitFor();
    await dialog.getByRole("button", { name: "Done" }).click();
    const row = rowOf("Alice");
    await row.getByText("Active", { exact: true }).waitFor();
    await row.getByText("@alice").waitFor();
    expect(await browser.page.content()).not.toContain(githubToken);
  });

  it("creates a key with limits and reveals it once, with snippets of this gateway", async () => {
    await open("/");
    await browser.page.getByRole("link", { name: "Create a key" }).click();
    await arriveAt("/keys/");
    const form = browser.page.getByRole("dialog", { name: "Create a key" });
    await form.getByText("With full recording the gateway stores the prompts").waitFor();
    await form.getByRole("button", { name: "More settings" }).click();
    await fill(form, { Alias: "demo", Requests: "1,000" });
    await form.getByRole("checkbox", { name: /Alice/u }).click();
    await form.getByRole("button", { name: "Create key" }).click();
    const reveal = browser.page.getByRole("dialog", { name: "The key of demo" });
    key = await reveal.getByLabel("Key", { exact: true }).inputValue();
    expect(key).toMatch(/^clp_[0-9A-Za-z]{40}$/u);
    await reveal.getByText(`curl ${gateway.url}/openai/v1/chat/completions`).waitFor();
    await browser.page.keyboard.press("Escape");
    expect(await reveal.count()).toBe(1);
  });

  it("connects a client with the new key: what to paste is filled in, and a test request is answered", async () => {
    await button("Connect a client").click();
    await arriveAt("/connect/");
    await browser.page.getByText(`"ANTHROPIC_AUTH_TOKEN": "${key}"`).first().waitFor();
    await button("Send a test request").click();
    await browser.page.getByText(/^Echo: /u).waitFor();
    await browser.page.getByText(/^Status 200/u).waitFor();
    await browser.page.getByRole("link", { name: "Codex", exact: true }).click();
    await browser.page.getByText(`base_url = "${gateway.url}/openai/v1"`).waitFor();
    expect(browser.page.url()).not.toContain(key);
    await open("/keys");
    await rowOf("demo").getByText("1 of 1,000 requests").waitFor();
    expect(await browser.page.content()).not.toContain(key);
  });

  it("shows the usage of a request that the key made", async () => {
    const response = await chat();
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("hello from the console");
    await open("/keys");
    await rowOf("demo").getByText("2 of 1,000 requests").waitFor();
  });

  it("disables the key and enables it again", async () => {
    const enabled = browser.page.getByRole("switch", { name: "demo enabled" });
    await enabled.click();
    await toast("demo is disabled.");
    expect((await chat()).status).toBeGreaterThanOrEqual(401);
    await rowOf("demo").getByText("Disabled", { exact: true }).waitFor();
    await enabled.click();
    await toast("demo is enabled.");
    expect((await chat()).status).toBe(200);
  });

  it("replaces the key by rotating it", async () => {
    const oldKey = key;
    await chooseAction("demo", "Rotate…");
    await button("Rotate key").click();
    const reveal = browser.page.getByRole("dialog", { name: "The key of demo" });
    key = await reveal.getByLabel("Key", { exact: true }).inputValue();
    await button(/^Done/u).click();
    expect(key).not.toBe(oldKey);
    expect((await chat()).status).toBe(200);
  });

  it("checks, renames, disables and enables the token", async () => {
    await open("/tokens");
    await chooseAction("Alice", "Check now");
    await toast("Alice was checked.");
    await chooseAction("Alice", "Rename…");
    await fill(browser.page.getByRole("dialog"), { Alias: "Alice L." });
    await button("Save").click();
    const enabled = browser.page.getByRole("switch", { name: "Alice L. enabled" });
    await enabled.click();
    await toast("Alice L. is disabled.");
    await rowOf("Alice L.").getByText("Disabled", { exact: true }).waitFor();
    expect((await chat()).status).toBeGreaterThanOrEqual(400);
    await enabled.click();
    await toast("Alice L. is enabled.");
  });

  it("switches language and theme, and keeps both over a reload", async () => {
    await button("Language").click();
    await browser.page.getByRole("menuitemradio", { name: "简体中文" }).click();
    await browser.page.getByRole("heading", { name: "令牌", level: 1 }).waitFor();
    await browser.page.getByRole("button", { name: "主题" }).click();
    await browser.page.getByRole("menuitemradio", { name: "深色" }).click();
    await browser.page.reload({ waitUntil: "load" });
    await browser.page.getByRole("heading", { name: "令牌", level: 1 }).waitFor();
    expect(await browser.page.locator("html.dark[lang='zh-CN']").count()).toBe(1);
    await browser.page.getByRole("button", { name: "语言" }).click();
    await browser.page.getByRole("menuitemradio", { name: "English" }).click();
    await browser.page.getByRole("heading", { name: "Tokens", level: 1 }).waitFor();
  });

  it("fits a phone, with the pages in a menu", async () => {
    await browser.page.setViewportSize({ width: 390, height: 844 });
    for (const path of ["/", "/tokens", "/keys"]) {
      await open(path);
      expect(await browser.page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    }
    await button("Open menu").click();
    await browser.page.getByRole("link", { name: "Tokens" }).click();
    await arriveAt("/tokens/");
    await browser.page.getByRole("heading", { name: "Tokens", level: 1 }).waitFor();
    await browser.page.setViewportSize({ width: 1280, height: 800 });
  });

  it("shows a viewer the same pages without what only an admin may do", async () => {
    const viewer = { username: "vic", password, role: "viewer" };
    expect((await browser.page.request.post(`${gateway.url}/api/admin/users`, { data: viewer })).status()).toBe(201);
    await logOut(username);
    await logIn("vic");
    for (const [path, alias] of [
      ["/tokens", "Alice L."],
      ["/keys", "demo"],
    ] as const) {
      await open(path);
      await rowOf(alias).waitFor();
      for (const name of [/^Actions for /u, /^(Add token|Create key|Check all)$/u]) {
        expect(await browser.page.locator("main").getByRole("button", { name }).count()).toBe(0);
      }
      expect(await browser.page.locator("main").getByRole("switch").count()).toBe(0);
      expect(await browser.page.locator("main").getByRole("checkbox").count()).toBe(0);
    }
    await open("/playground");
    await browser.page.locator("textarea[readonly]").waitFor();
    await open("/users");
    await browser.page.getByText("Only admins see this").waitFor();
    await open("/connect");
    await browser.page.getByText("Paste the key's value above").waitFor();
    await button("Account vic").click();
    await browser.page.getByText("only an admin can change things").waitFor();
    await browser.page.getByRole("menuitem", { name: "Log out" }).click();
    await arriveAt("/login/");
    await logIn(username);
  });

  it("deletes key and token after a confirmation", async () => {
    await open("/keys");
    await chooseAction("demo", "Delete…");
    await button("Delete key").click();
    await toast("demo was deleted.");
    await browser.page.getByText("No keys yet").waitFor();
    expect((await chat()).status).toBe(401);
    await open("/tokens");
    await chooseAction("Alice L.", "Delete…");
    await button("Delete token").click();
    await toast("Alice L. was deleted.");
    await browser.page.getByText("No tokens yet").waitFor();
  });

  it("had no outside request, no refused request and no error so far", () => {
    expect(browser.problems).toEqual([]);
  });

  it("leads back to the wanted page after logout and login", async () => {
    await logOut(username);
    await open("/keys");
    await arriveAt("/login/");
    const form = browser.page.locator("form");
    await fill(form, { Username: username, Password: "wrong password" });
    await button("Log in").click();
    await form.getByRole("alert").waitFor();
    await logIn(username);
    await arriveAt("/keys/");
    await browser.page.getByText("No keys yet").waitFor();
    expect(pathname()).toBe("/keys/");
  });

  it("answers an unknown path with its own page", async () => {
    const response = await open("/no-such-page");
    expect(response?.status()).toBe(404);
    await browser.page.getByRole("link", { name: "Go to the overview" }).click();
    await arriveAt("/");
    expect(browser.problems).toEqual(["401 POST /api/auth/login", "404 GET /no-such-page"]);
  });
});
