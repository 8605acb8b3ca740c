import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Serving } from "../testing/serving.ts";

type Message = Readonly<Record<string, unknown>>;

/** With all of a long conversation in it, a page would have more than ten times as many. */
export const maxNodes = 1_500;
export const maxRows = 40;

/** Asks, and says what was answered. */
export async function ask(serving: Serving, messages: readonly Message[]): Promise<string> {
  const response = await serving.send("/openai/v1/chat/completions", { model: "gpt-5-mini", messages });
  const { choices } = (await response.json()) as { choices: readonly { message: { content: string } }[] };
  return choices[0]?.message.content ?? "";
}

/** The recorded conversation of so many requests. */
export async function findSession(page: Page, serving: Serving, requests: number): Promise<string> {
  const answer = await page.request.get(`${serving.gateway.url}/api/sessions?limit=50`);
  const { sessions } = (await answer.json()) as { sessions: readonly { id: string; requests: number }[] };
  const found = sessions.find((session) => session.requests === requests);
  if (found === undefined) throw new Error(`no session has ${requests} requests`);
  return encodeURIComponent(found.id);
}

/** The rows of a long list that are in the page. */
export function rowsOf(page: Page): Locator {
  return page.locator("li[aria-posinset]");
}

/** Where an element is, once it does not move any more. */
export async function readStillTop(element: Locator): Promise<number> {
  let top = Number.NaN;
  await expect
    .poll(
      async () => {
        const before = top;
        top = (await element.boundingBox())?.y ?? Number.NaN;
        return top === before;
      },
      { interval: 150 },
    )
    .toBe(true);
  return top;
}
