import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { githubTokenOf, type Serving, startServing } from "../testing/serving.ts";
import { openPage, signInPage } from "./console-page.ts";
import { type Browser, hasBrowser, openBrowser } from "./open-browser.ts";

/** The whole of it without a pointer. */
describe.skipIf(!hasBrowser)("the console by keyboard alone", () => {
  let serving: Serving;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    serving = await startServing({ accounts: ["alice", "bob"] });
    await serving.admin.request("DELETE", `/api/admin/github-tokens/${(await serving.admin.tokens()).bob?.id}`);
    const body = { model: "gpt-5-mini", messages: [{ role: "user", content: "Recorded before" }] };
    await (await serving.send("/openai/v1/chat/completions", body)).text();
    browser = await openBrowser(serving.gateway.url);
    page = browser.page;
    await signInPage(page, serving.gateway.url, serving.admin.username, serving.admin.password);
    await openPage(page, `${serving.gateway.url}/`);
  });

  afterAll(async () => {
    await browser?.close();
    await serving?.stop();
  });

  const press = (...keys: readonly string[]) =>
    keys.reduce(async (before, key) => {
      await before;
      await page.keyboard.press(key);
    }, Promise.resolve());
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      const label = element?.id ? document.querySelector(`label[for="${CSS.escape(element.id)}"]`)?.textContent : null;
      return element === null || element === document.body
        ? "nothing"
        : (element.getAttribute("aria-label") ?? label ?? element.textContent ?? element.tagName).trim();
    });
  /** Tabs on until the focus is on what is called so. */
  const tabTo = async (name: string | RegExp) => {
    const isIt = (text: string) => (typeof name === "string" ? text === name : name.test(text));
    const seen: string[] = [];
    for (let step = 0; step < 80; step += 1) {
      const now = await focused();
      if (isIt(now)) return;
      seen.push(now);
      await press("Tab");
    }
    throw new Error(`Tab never came to ${name}: ${seen.join(" > ")}`);
  };
  const goTo = async (key: string, heading: string) => {
    // The one right after the other, as they must come within a second: not an answer of a busy browser later.
    await Promise.all([press("g"), press(key)]);
    await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
  };

  it("opens a page from the command palette, which gives the focus back when it is left", async () => {
    await press("Control+k");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("token");
    await page.getByRole("option").first().waitFor();
    await press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await press("Control+k");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("users");
    await page.getByRole("option", { name: "Users" }).waitFor();
    await press("Enter");
    await page.getByRole("heading", { name: "Users", level: 1 }).waitFor();
  });

  it("adds a token, rests it and takes it back", async () => {
    await goTo("t", "Tokens");
    await page.getByText("alice", { exact: true }).first().waitFor();
    await tabTo("Add token");
    await press("Enter");
    await page.getByRole("dialog", { name: "Add a GitHub token" }).waitFor();
    await tabTo("Alias");
    await page.keyboard.type("Bob");
    await tabTo("GitHub token");
    await page.keyboard.type(githubTokenOf("bob"));
    await press("Enter");
    const added = page.getByRole("dialog", { name: "What GitHub says" });
    await added.getByText("@bob").waitFor();
    await tabTo("Done");
    await press("Enter");
    await added.waitFor({ state: "detached" });
    expect(await focused()).not.toBe("nothing");
    await tabTo("Bob enabled");
    await press("Space");
    await page.getByText("Bob is disabled.").waitFor();
    expect(await focused()).toBe("Bob enabled");
    await press("Space");
    await page.getByText("Bob is enabled.").waitFor();
    expect(await focused()).toBe("Bob enabled");
  });

  it("creates a key and copies its value", async () => {
    await goTo("k", "Keys");
    await page.getByText("e2e", { exact: true }).first().waitFor();
    await tabTo("Create key");
    await press("Enter");
    await page.getByRole("dialog", { name: "Create a key" }).waitFor();
    await tabTo("Alias");
    await page.keyboard.type("By keyboard");
    await press("Enter");
    const reveal = page.getByRole("dialog", { name: "The key of By keyboard" });
    await reveal.waitFor();
    await tabTo("Copy key");
    await tabTo("Done, I have saved it");
    await press("Enter");
    await reveal.waitFor({ state: "detached" });
    await page.getByText("By keyboard", { exact: true }).first().waitFor();
    expect(await focused()).not.toBe("nothing");
  });

  it("gives a key a new secret while the old one works on", async () => {
    await tabTo("Actions for By keyboard");
    await press("Enter");
    await page.getByRole("menuitem", { name: "Rotate…" }).waitFor();
    for (let step = 0; step < 10 && (await focused()) !== "Rotate…"; step += 1) await press("ArrowDown");
    await press("Enter");
    const question = page.getByRole("alertdialog", { name: "Rotate By keyboard?" });
    await question.waitFor();
    await tabTo("A week");
    await press("Enter");
    await question.getByText("Both work until").waitFor();
    await tabTo("Rotate key");
    await press("Enter");
    const reveal = page.getByRole("dialog", { name: "The key of By keyboard" });
    await reveal.waitFor();
    await tabTo("Done, I have saved it");
    await press("Enter");
    await reveal.waitFor({ state: "detached" });
    expect(await focused()).not.toBe("nothing");
  });

  it("makes a team and looks at it", async () => {
    await press("Control+k");
    await page.getByRole("dialog", { name: "Command palette" }).waitFor();
    await page.keyboard.type("teams");
    await page.getByRole("option", { name: "Teams" }).waitFor();
    await press("Enter");
    await page.getByRole("heading", { name: "Teams", level: 1 }).waitFor();
    await tabTo("Create team");
    await press("Enter");
    await page.getByRole("dialog", { name: "Create a team" }).waitFor();
    await tabTo("Name");
    await page.keyboard.type("Red");
    await press("Enter");
    await page.getByText("Red was made.").waitFor();
    expect(await focused()).not.toBe("nothing");
    await press("j", "Enter");
    const sheet = page.getByRole("complementary", { name: "Team Red" });
    await sheet.waitFor();
    await press("Escape");
    await sheet.waitFor({ state: "detached" });
    expect(await focused()).not.toBe("nothing");
  });

  it("asks a model and reads the answer", async () => {
    await goTo("p", "Playground");
    await tabTo("Message");
    await page.keyboard.type("Hello by keyboard");
    await press("Enter");
    await page.getByRole("log").getByText("Echo: Hello by keyboard").waitFor();
    expect(await focused()).not.toBe("nothing");
  });

  it("walks through the recorded conversations and opens one", async () => {
    await press("Shift+Tab");
    await goTo("s", "Sessions");
    await page.getByText("Recorded before").first().waitFor();
    await press("j", "Enter");
    const answer = page.getByText(/^Echo: /u).first();
    await answer.waitFor();
    await press("Escape");
    await answer.waitFor({ state: "detached" });
    expect(await focused()).not.toBe("nothing");
  });

  it("lists its shortcuts", async () => {
    await press("?");
    const list = page.getByRole("dialog", { name: /shortcuts/iu });
    await list.waitFor();
    await press("Escape");
    await list.waitFor({ state: "detached" });
  });
});
