import { GatewayError, type RecordedBodies, type RequestRecord, type Wire, wires } from "@copilot-llm/model";
import {
  type AssistantPart,
  type NewWords,
  newWords,
  type RecordedWords,
  readRecordedAnswer,
  readRecordedRequest,
} from "@copilot-llm/protocols";
import type { Ledger, Sessions } from "@copilot-llm/stores";

export interface SessionTurnsOptions {
  readonly sessions: Pick<Sessions, "find">;
  readonly ledger: Pick<Ledger, "findRecord">;
}

/** One request of a session, with what it said that the one before had not. */
export interface SessionTurn {
  readonly record: RequestRecord;
  /** Null where the request was not recorded in full, is gone, or asked for no answer. */
  readonly words: NewWords | null;
  /** What the assistant answered; null where there is no answer to be read. */
  readonly answer: readonly AssistantPart[] | null;
}

export interface SessionTurnsPage {
  readonly turns: readonly SessionTurn[];
  /** The id of the last request shown; null at the end. */
  readonly nextCursor: string | null;
}

/** Recorded conversations turn by turn: each message once, though every request repeats those before it. */
export class SessionTurns {
  readonly #options: SessionTurnsOptions;

  constructor(options: SessionTurnsOptions) {
    this.#options = options;
  }

  /** In order, behind the request that the cursor names; of one key's requests only where that is given. Throws `not_found`, `invalid_request` for a foreign cursor. */
  async page(
    sessionId: string,
    { limit, cursor, keyId }: { readonly limit: number; readonly cursor: string | null; readonly keyId?: string },
  ): Promise<SessionTurnsPage> {
    const found = await this.#options.sessions.find(sessionId);
    const records = (found?.records ?? []).filter((record) => keyId === undefined || record.keyId === keyId);
    if (found === null || (keyId !== undefined && records.length === 0)) {
      throw new GatewayError("not_found", "There is no recorded session with this id.");
    }
    const seen = cursor === null ? 0 : records.findIndex(({ id }) => id === cursor) + 1;
    if (cursor !== null && seen === 0) {
      throw new GatewayError("invalid_request", "This cursor is of no request of the session.", { param: "cursor" });
    }
    const shown = records.slice(seen, seen + limit);
    let previous = await this.#wordsBefore(records, seen);
    const turns: SessionTurn[] = [];
    for (const record of shown) {
      const { words, answer } = await this.#read(record);
      turns.push({ record, words: words === null ? null : newWords(previous, words), answer });
      previous = words ?? previous;
    }
    return { turns, nextCursor: seen + shown.length < records.length ? (shown.at(-1)?.id ?? null) : null };
  }

  /** Of the last request before this place that can be read. */
  async #wordsBefore(records: readonly RequestRecord[], place: number): Promise<RecordedWords | null> {
    for (const record of records.slice(0, place).reverse()) {
      const { words } = await this.#read(record);
      if (words !== null) return words;
    }
    return null;
  }

  async #read({ id, protocol, operation }: RequestRecord): Promise<{
    readonly words: RecordedWords | null;
    readonly answer: readonly AssistantPart[] | null;
  }> {
    const wire = operation === "generate" ? wires.find((candidate) => candidate === protocol) : undefined;
    const found = await this.#options.ledger.findRecord(id);
    if (wire === undefined || found === null || found.bodies === null) return { words: null, answer: null };
    return { words: readWords(wire, found.bodies), answer: readAnswer(wire, found.bodies) };
  }
}

/** Null for a body that is no request: it was refused for that. */
function readWords(wire: Wire, { request }: RecordedBodies): RecordedWords | null {
  try {
    return readRecordedRequest(wire, request);
  } catch {
    return null;
  }
}

/** Null for an error, and for what was cut short before it began. */
function readAnswer(wire: Wire, { response }: RecordedBodies): readonly AssistantPart[] | null {
  try {
    return readRecordedAnswer(wire, response);
  } catch {
    return null;
  }
}
