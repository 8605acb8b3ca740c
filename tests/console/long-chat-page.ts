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

interface Session {
  readonly id: string;
  readonly requests: number;
  readonly title: string | null;
}

/** The id of a recorded conversation, for an address. */
export async function findSession(
  page: Page,
  serving: Serving,
  isWanted: (session: Session) => boolean,
): Promise<string> {
  const answer = await page.request.get(`${serving.gateway.url}/api/sessions?limit=50`);
  const { sessions } = (await answer.json()) as { sessions: readonly Session[] };
  const found = sessions.find(isWanted);
  if (found === undefined) throw new Error("there is no such session");
  return encodeURIComponent(found.id);
}

/** The rows of a long conversation that are in the page. */
export function rowsOf(page: Page): Locator {
  return page.locator("li[aria-posinset]:has(article)");
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
