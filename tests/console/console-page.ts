import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import axe from "axe-core";
import type { Page } from "playwright-core";

export const locales = ["zh-CN", "en"] as const;
export const themes = ["light", "dark"] as const;
export const widths = [1440, 390] as const;

type Locale = (typeof locales)[number];
type Theme = (typeof themes)[number];

const pictureDir = path.resolve(import.meta.dirname, "../../test-results/console");

/** Signs the browser in, as whoever it is. */
export async function signInPage(page: Page, url: string, username: string, password: string): Promise<void> {
  const response = await page.request.post(`${url}/api/auth/login`, { data: { username, password } });
  if (!response.ok()) throw new Error(`sign-in answered ${response.status()}`);
}

/** Opens a path and waits until nothing on the page is on its way any more. */
export async function openPage(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: "load" });
  await page.locator("h1").first().waitFor();
  await settle(page);
}

/** Until no outline stands where something will be. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector(".animate-pulse, [aria-busy=true]") === null);
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState, effect }) => {
      return playState !== "running" || effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY;
    }),
  );
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/** Changes language and theme as the menus do, without loading the page anew. */
export async function prefer(page: Page, locale: Locale, theme: Theme): Promise<void> {
  await page.evaluate(
    ([nextLocale, nextTheme]) => {
      localStorage.setItem("console.locale", nextLocale);
      localStorage.setItem("console.theme", nextTheme);
      window.dispatchEvent(new Event("storage"));
    },
    [locale, theme] as const,
  );
  await page.locator(`html[lang="${locale}"]`).waitFor({ state: "attached" });
  await settle(page);
}

/** Keeps what the page looks like now, under test-results. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(pictureDir, { recursive: true });
  // The protocol's own command, since Playwright's picture is PNG or JPEG only: a WebP is a third of it.
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 82 });
  await session.detach();
  writeFileSync(path.join(pictureDir, `${name}.webp`), Buffer.from(data, "base64"));
}

/** How much of the page moved since it was loaded, as browsers sum it up, but for what the reader did. */
export async function readLayoutShift(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let sum = 0;
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
        if (!hadRecentInput) sum += value;
      }
    });
    observer.observe({ type: "layout-shift", buffered: true });
    // What is buffered is told in a task of its own.
    await new Promise((resolve) => setTimeout(resolve));
    observer.disconnect();
    return sum;
  });
}

/** What axe finds serious or critical, as one line each. */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    // What slides or fades in has its colours only at the end.
    const passing = document
      .getAnimations()
      .filter((animation) => Number(animation.effect?.getComputedTiming().endTime) < 5_000);
    await Promise.allSettled(passing.map(({ finished }) => finished));
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ["violations"],
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      html: nodes.map(({ html }) => html.slice(0, 160)),
    }));
  });
  return found
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, impact, html }) => `${impact} ${id}: ${html.slice(0, 3).join(" | ")}`);
}

/** English sentences among the console's own words: more than three Latin words in a row outside code and content. */
export async function findEnglish(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const own = "h1, h2, h3, p, button, label, legend, th, [role=tab], [role=status]";
    const foreign = "code, pre, [lang=en], td, [role=cell], [role=gridcell], article, dd, output";
    const found = [...document.querySelectorAll(own)]
      .filter((element) => element.closest(foreign) === null)
      .flatMap((element) =>
        [...element.childNodes]
          .filter((node) => node.nodeType === Node.TEXT_NODE)
          .map((node) => node.textContent ?? ""),
      )
      .filter((text) => /(?:\b[A-Za-z][a-z']+\b ){3,}[A-Za-z][a-z']+/u.test(text));
    return [...new Set(found)];
  });
}
