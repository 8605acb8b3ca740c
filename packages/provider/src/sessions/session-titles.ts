import { LatestMap, type RequestRecord, wires } from "@copilot-llm/model";
import { type CanonicalMessage, readRecordedRequest } from "@copilot-llm/protocols";
import type { Ledger, SessionSummary, Sessions } from "@copilot-llm/stores";

const maxRemembered = 10_000;
const maxCharacters = 120;

export interface SessionTitlesOptions {
  readonly sessions: Pick<Sessions, "find">;
  readonly ledger: Pick<Ledger, "findRecord">;
}

/** What sessions are called: the user's first words. */
export class SessionTitles {
  readonly #options: SessionTitlesOptions;
  readonly #titles = new LatestMap<string, string>(maxRemembered);

  constructor(options: SessionTitlesOptions) {
    this.#options = options;
  }

  /** Null where they were not recorded, or are no words. Never rejects. */
  async titleOf({ id, latest }: SessionSummary): Promise<string | null> {
    const known = this.#titles.get(id);
    if (known !== undefined) return known;
    const title = await this.#read(id, latest).catch(() => null);
    if (title !== null) this.#titles.set(id, title);
    return title;
  }

  /** Mostly the latest request brings the whole history along: the others need not be looked at. */
  async #read(sessionId: string, latest: RequestRecord): Promise<string | null> {
    const words = await this.#words(latest);
    if (words === null) return null;
    if (words.holdsHistory) return firstWords(words.messages);
    const first = (await this.#options.sessions.find(sessionId))?.records[0];
    const opening = first === undefined ? null : await this.#words(first);
    return opening === null ? null : firstWords(opening.messages);
  }

  async #words({ id, protocol }: RequestRecord) {
    const wire = wires.find((candidate) => candidate === protocol);
    const found = await this.#options.ledger.findRecord(id);
    return wire === undefined || found?.bodies == null ? null : readRecordedRequest(wire, found.bodies.request);
  }
}

/** Not what clients put before them in tags: their environment, reminders. */
function firstWords(messages: readonly CanonicalMessage[]): string | null {
  const texts = messages.flatMap((message) =>
    message.role === "user" ? message.content.flatMap((part) => (part.type === "text" ? [part.text.trim()] : [])) : [],
  );
  const own = texts.find((text) => text !== "" && !text.startsWith("<")) ?? texts.find((text) => text !== "");
  if (own === undefined) return null;
  const line = own.slice(0, 4 * maxCharacters).replace(/\s+/g, " ");
  return line.length > maxCharacters ? `${line.slice(0, maxCharacters - 1).trimEnd()}…` : line;
}
