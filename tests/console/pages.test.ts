import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Demo, startDemo } from "../testing/start-demo.ts";
import {
  findBarriers,
  findEnglish,
  keepPicture,
  locales,
  openPage,
  prefer,
  readLayoutShift,
  signInPage,
  themes,
  widths,
} from "./console-page.ts";
import { type Browser, hasBrowser, openBrowser } from "./open-browser.ts";

const maxLayoutShift = 0.05;

interface PageCase {
  readonly name: string;
  readonly path: string;
  /** The list of the admin API whose item's id ends the path: the one in which `sortBy` is largest, or the first. */
  readonly list?: { readonly path: string; readonly field: string; readonly sortBy?: string };
  /** Another look of a page that is in the list already: a picture in each language and theme, not of all four. */
  readonly isVariant?: true;
  readonly isSignedOut?: true;
  /** What is done on the page first. */
  readonly prepare?: (page: Page) => Promise<void>;
}

type Item = Readonly<Record<string, unknown>> & { readonly id: string };

const cases: readonly PageCase[] = [
  { name: "overview", path: "/?range=30d" },
  { name: "playground", path: "/playground/?model=claude-sonnet-4.6,gpt-5-mini", prepare: askBoth },
  { name: "connect", path: "/connect/" },
  { name: "sessions", path: "/sessions/?range=30d" },
  {
    name: "session",
    path: "/sessions/?range=30d&id=",
    list: { path: "/api/sessions?limit=50", field: "sessions", sortBy: "requests" },
  },
  { name: "usage", path: "/usage/?range=30d&subgroup=key" },
  {
    name: "session-raw",
    path: "/sessions/?range=30d&view=raw&id=",
    list: { path: "/api/sessions?limit=50", field: "sessions" },
    isVariant: true,
  },
  { name: "requests", path: "/sessions/?range=30d&tab=requests", isVariant: true },
  { name: "usage-cycles", path: "/usage/?view=cycles", isVariant: true },
  { name: "usage-teams", path: "/usage/?range=30d&group=team&subgroup=key", isVariant: true },
  { name: "usage-heat-map", path: "/usage/?range=30d&view=heatmap", isVariant: true },
  { name: "batches", path: "/batches/" },
  { name: "audit", path: "/audit/?range=30d" },
  { name: "tokens", path: "/tokens/" },
  { name: "token", path: "/tokens/?id=", list: { path: "/api/admin/github-tokens", field: "tokens" }, isVariant: true },
  { name: "keys", path: "/keys/" },
  {
    name: "key",
    path: "/keys/?id=",
    list: { path: "/api/admin/api-keys", field: "keys", sortBy: "current_requests" },
    isVariant: true,
  },
  { name: "teams", path: "/teams/" },
  { name: "team", path: "/teams/?id=", list: { path: "/api/admin/teams", field: "teams" }, isVariant: true },
  { name: "team-form", path: "/teams/?new=1", isVariant: true },
  { name: "invite-form", path: "/tokens/?invite=1", isVariant: true },
  { name: "key-form", path: "/keys/?new=1", isVariant: true },
  { name: "models", path: "/models/" },
  { name: "model", path: "/models/?id=claude-sonnet-4.6", isVariant: true },
  { name: "users", path: "/users/" },
  { name: "settings", path: "/settings/" },
  { name: "api-reference", path: "/api-reference/" },
  { name: "not-found", path: "/no-such-page/", isVariant: true },
  { name: "login", path: "/login/", isSignedOut: true },
  { name: "setup", path: "/setup/", isVariant: true, isSignedOut: true },
  { name: "my", path: "/my/", isVariant: true, isSignedOut: true },
  { name: "join", path: "/join/?code=no-such-code", isVariant: true, isSignedOut: true },
];

async function askBoth(page: Page): Promise<void> {
  await page.locator("textarea").last().fill("Which of you two is quicker?");
  await page.keyboard.press("Enter");
  await page.getByText("Echo: Which of you two is quicker?").nth(1).waitFor();
}

/** Every page as it is with a month behind it, in each language, theme and width; pictures lie in test-results. */
describe.skipIf(!hasBrowser)("pages of the console", () => {
  let demo: Demo;
  let browser: Browser;

  beforeAll(async () => {
    demo = await startDemo();
    browser = await openBrowser(demo.url);
    await browser.page.emulateMedia({ reducedMotion: "reduce" });
    await signInPage(browser.page, demo.url, demo.username, demo.password);
    await browser.page.request.post(`${demo.url}/api/admin/users`, {
      data: { username: "vic", password: demo.password, role: "viewer" },
    });
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  const pathOf = async ({ path, list }: PageCase): Promise<string> => {
    if (list === undefined) return path;
    const answer = await browser.page.request.get(`${demo.url}${list.path}`);
    const items = ((await answer.json()) as Record<string, readonly Item[]>)[list.field] ?? [];
    const rank = (item: Item) => Number(list.sortBy === undefined ? 0 : item[list.sortBy]);
    const [first] = [...items].sort((one, other) => rank(other) - rank(one));
    return `${path}${encodeURIComponent(first?.id ?? "")}`;
  };

  describe.each(widths)("at %i px", (width) => {
    beforeAll(() => browser.page.setViewportSize({ width, height: width === 390 ? 844 : 900 }));

    it.each(cases)("$name is whole, accessible and in the reader's language", async (pageCase) => {
      const { page } = browser;
      const path = await pathOf(pageCase);
      if (pageCase.isSignedOut) await browser.context.clearCookies();
      await openPage(page, `${demo.url}${path}`);
      const found: string[] = [];
      const shift = await readLayoutShift(page);
      if (shift > maxLayoutShift) found.push(`what is read moves while the page loads: ${shift.toFixed(3)}`);
      await pageCase.prepare?.(page);
      for (const theme of themes) {
        for (const locale of locales) {
          if (pageCase.isVariant && (locale === "en") !== (theme === "light")) continue;
          await prefer(page, locale, theme);
          await keepPicture(page, `${pageCase.name}-${width}-${locale}-${theme}`);
          if (locale === "zh-CN" && (theme === "light" || pageCase.isVariant)) found.push(...(await findEnglish(page)));
        }
        found.push(...(await findBarriers(page)).map((barrier) => `${theme}: ${barrier}`));
      }
      const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
      if (scrollWidth > width) found.push(`it scrolls sideways: ${scrollWidth} px`);
      if (pageCase.isSignedOut) await signInPage(page, demo.url, demo.username, demo.password);
      expect(found).toEqual([]);
    });
  });

  it("show each list as wide as there is room for it, at 1,280 px too", async () => {
    const { page } = browser;
    await page.setViewportSize({ width: 1280, height: 800 });
    const tooWide: string[] = [];
    for (const pageCase of cases.filter(({ isSignedOut }) => !isSignedOut)) {
      await openPage(page, `${demo.url}${await pathOf(pageCase)}`);
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll("main table")].flatMap(({ parentElement: box }) =>
          box === null || box.scrollWidth <= box.clientWidth ? [] : [`${box.scrollWidth} > ${box.clientWidth}`],
        ),
      );
      tooWide.push(...cut.map((widths) => `${pageCase.name}: ${widths}`));
    }
    expect(tooWide).toEqual([]);
  });

  it("leave the title of a card its room on a phone", async () => {
    const { page } = browser;
    await page.setViewportSize({ width: 390, height: 844 });
    const squeezed: string[] = [];
    for (const name of ["tokens", "keys", "sessions"]) {
      const pageCase = cases.find((known) => known.name === name);
      if (pageCase === undefined) throw new Error(`There is no page ${name}.`);
      await openPage(page, `${demo.url}${await pathOf(pageCase)}`);
      const widths = await page
        .locator("main [data-row-link]")
        .evaluateAll((titles) => titles.map((title) => title.clientWidth));
      expect(widths.length).toBeGreaterThan(0);
      squeezed.push(...widths.filter((width) => width < 48).map((width) => `${name}: ${width}`));
    }
    expect(squeezed).toEqual([]);
  });

  it("leave nothing on the way twice as large as the reader's text is", async () => {
    const { page } = browser;
    // 200 % zoom of 1,280 px is a viewport of 640.
    await page.setViewportSize({ width: 640, height: 400 });
    const tooWide: string[] = [];
    for (const pageCase of cases.filter(({ isSignedOut }) => !isSignedOut)) {
      await openPage(page, `${demo.url}${await pathOf(pageCase)}`);
      if ((await page.evaluate(() => document.documentElement.scrollWidth)) > 640) tooWide.push(pageCase.name);
    }
    expect(tooWide).toEqual([]);
  });

  it("made no request elsewhere, were refused nothing and reported no error", () => {
    const expected = ["404 GET /no-such-page/", "404 GET /api/join/no-such-code"];
    expect([...new Set(browser.problems)].filter((problem) => !expected.includes(problem))).toEqual([]);
  });
});
