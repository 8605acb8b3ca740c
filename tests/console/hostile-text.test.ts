import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Serving, startServing } from "../testing/serving.ts";
import { openPage, settle, signInPage } from "./console-page.ts";
import { type Browser, hasBrowser, openBrowser } from "./open-browser.ts";

const run = "window.hit = (window.hit ?? 0) + 1";

/** Each would run something, call somewhere, or change the page, where it became live HTML. */
const corpus = [
  `<script>${run}</script>`,
  `<img src=x onerror="${run}">`,
  `<svg onload="${run}"><circle r="9"/></svg>`,
  `<iframe srcdoc="<script>parent.hit=1</script>"></iframe>`,
  `<a href="javascript:${run}">press me</a>`,
  `[press me](javascript:${run.replaceAll(" ", "")})`,
  `[press me](data:text/html,<script>${run}</script>)`,
  `![picture](https://example.com/pixel.png)`,
  `![picture](javascript:alert(1))`,
  `<https://example.com/auto> <javascript:alert(1)>`,
  `"><input autofocus onfocus="${run}">`,
  `</textarea></script><script>${run}</script>`,
  `<style>body{display:none}</style><link rel=stylesheet href=https://example.com/x.css>`,
  `<form action=https://example.com><button>send</button></form>`,
  `<math><mtext></form><form><mglyph><style></math><img src onerror=${run.replaceAll(" ", "")}>`,
  `{{constructor.constructor('${run.replaceAll("'", "")}')()}} \${${run}}`,
  "```html\n<img src=x onerror=window.hit=1>\n```",
  `| <img src=x onerror=window.hit=1> | b |\n|---|---|\n| [x](javascript:window.hit=1) | c |`,
] as const;

const allOfIt = corpus.join("\n\n");
const svgImage = `data:image/svg+xml;base64,${Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="${run}"/>`).toString("base64")}`;

/** Whatever stands for a person to read, wherever it came from, stays text. */
describe.skipIf(!hasBrowser)("hostile text in the console", () => {
  let serving: Serving;
  let browser: Browser;

  beforeAll(async () => {
    serving = await startServing();
    browser = await openBrowser(serving.gateway.url);
    await browser.page.addInitScript(() => {
      const reports: string[] = [];
      Object.assign(window, { policyReports: reports });
      document.addEventListener("securitypolicyviolation", (event) =>
        reports.push(`${event.violatedDirective} ${event.blockedURI}`),
      );
    });
    await signInPage(browser.page, serving.gateway.url, serving.admin.username, serving.admin.password);
    await fill();
  });

  afterAll(async () => {
    await browser?.close();
    await serving?.stop();
  });

  /** Aliases, questions, answers, tool calls and results, images, file names and the service's own words. */
  async function fill(): Promise<void> {
    const { admin, send, simulator } = serving;
    for (const [index, text] of corpus.entries())
      await admin.createKey({ alias: `${index} ${text.replaceAll("\n", " ")}`.slice(0, 100) });
    await admin.request("POST", "/api/admin/github-tokens", { alias: corpus[1], token: "gho_unknown_to_everybody" });
    const ask = async (content: unknown, more: Record<string, unknown> = {}) => {
      const messages = [...((more.history as unknown[] | undefined) ?? []), { role: "user", content }];
      const { history: _history, ...body } = more;
      await (await send("/openai/v1/chat/completions", { model: "gpt-5-mini", messages, ...body })).text();
    };
    await ask(`${corpus[1]}\nsim: text ${allOfIt.replaceAll("\n", "\\n")}`);
    await ask([
      { type: "text", text: allOfIt },
      { type: "image_url", image_url: { url: svgImage } },
      { type: "image_url", image_url: { url: "https://example.com/pixel.png" } },
    ]);
    const call = {
      id: "c1",
      type: "function",
      function: { name: "<img src=x onerror=window.hit=1>", arguments: `{"a":"${corpus[0]}"}` },
    };
    await ask("go on", {
      history: [
        { role: "system", content: allOfIt },
        { role: "user", content: "begin" },
        { role: "assistant", content: null, tool_calls: [call] },
        { role: "tool", tool_call_id: "c1", content: allOfIt },
      ],
    });
    const file = {
      type: "file",
      file: { filename: `${corpus[1]}.pdf`, file_data: "data:application/pdf;base64,JVBERi0=" },
    };
    await ask([{ type: "text", text: "read it" }, file]);
    const body = JSON.stringify({ error: { message: allOfIt, code: "<b onclick=window.hit=1>bad</b>" } });
    simulator.faults.add({ name: "custom", status: 400, contentType: "application/json", body, times: 1 });
    await ask("be refused");
    simulator.faults.add({ name: "custom", status: 500, contentType: "text/html", body: allOfIt, times: 1 });
    await ask("fail");
  }

  const faults = () =>
    browser.page.evaluate(() => {
      const seen = window as unknown as { hit?: number; policyReports: string[] };
      const live = [...document.querySelectorAll("body *")].flatMap((element) => [
        ...[...element.attributes]
          .filter(({ name }) => name.startsWith("on"))
          .map(({ name }) => `${element.tagName} ${name}`),
        ...(["IFRAME", "OBJECT", "EMBED", "MATH", "STYLE", "LINK"].includes(element.tagName) &&
        element.closest("main") !== null
          ? [element.tagName]
          : []),
      ]);
      const links = [...document.querySelectorAll("a[href], form[action]")]
        .map((element) => element.getAttribute("href") ?? element.getAttribute("action") ?? "")
        .filter((target) => /^\s*(javascript|data|vbscript):/iu.test(target));
      const pictures = [...document.images]
        .map(({ src }) => src)
        .filter((src) => !/^(data:image\/(?!svg)|blob:)/u.test(src));
      const hits = seen.hit === undefined ? [] : [`ran ${seen.hit} times`];
      return [...hits, ...seen.policyReports, ...live, ...links, ...pictures];
    });

  it.each([
    "/",
    "/sessions/",
    "/sessions/?tab=requests",
    "/keys/",
    "/tokens/",
    "/usage/?group=key",
    "/audit/",
    "/connect/",
    "/models/",
  ])("stays text on %s", async (path) => {
    await openPage(browser.page, `${serving.gateway.url}${path}`);
    expect(await faults()).toEqual([]);
  });

  it("stays text in every view of every conversation", async () => {
    const { sessions } = (await (await serving.admin.request("GET", "/api/sessions")).json()) as {
      sessions: readonly { id: string }[];
    };
    expect(sessions.length).toBeGreaterThanOrEqual(5);
    for (const { id } of sessions) {
      for (const view of ["chat", "raw", "facts"]) {
        await openPage(browser.page, `${serving.gateway.url}/sessions/?id=${encodeURIComponent(id)}&view=${view}`);
        await browser.page.getByRole("dialog").or(browser.page.locator("aside, main")).first().waitFor();
        for (const summary of await browser.page.locator("details:not([open]) > summary").all()) {
          await summary.click({ timeout: 1_000 }).catch(() => undefined);
        }
        await settle(browser.page);
        expect({ id, view, faults: await faults() }).toEqual({ id, view, faults: [] });
      }
    }
  });

  it("stays text while the playground streams it", async () => {
    await openPage(browser.page, `${serving.gateway.url}/playground/?model=gpt-5-mini`);
    await browser.page
      .locator("textarea")
      .last()
      .fill(`sim: text ${allOfIt.replaceAll("\n", "\\n")}`);
    await browser.page.keyboard.press("Enter");
    await browser.page.getByRole("log").getByText("press me").first().waitFor();
    await settle(browser.page);
    expect(await faults()).toEqual([]);
  });

  it("neither reached another server nor broke the page's policy", () => {
    expect(browser.problems).toEqual([]);
  });
});
