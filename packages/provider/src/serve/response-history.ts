import {
  GatewayError,
  type JsonObject,
  type JsonValue,
  LatestMap,
  type Protocol,
  type RequestRecord,
} from "@copilot-llm/model";
import { peekRequest, type RequestPeek, type StoredHistory, storedHistoryOf } from "@copilot-llm/protocols";
import type { RecordedRequest, Stores } from "@copilot-llm/stores";
import { keyOf, principalId, principalName } from "../identity/principal.js";
import type { ServeCall } from "./serve-call.js";

const maxRemembered = 20_000;
const maxTurns = 2_000;
/** Few, so that a search is left soon after its client has. */
const foundAtOnce = 20;

/** A request with the earlier turns that it referred to. */
export interface ExpandedRequest {
  readonly peek: RequestPeek;
  /** The conversation of the response that it goes on from; null where it names none. */
  readonly conversationId: string | null;
}

/**
 * The conversations to which requests refer by an earlier answer. The upstream keeps none over HTTP
 * (docs/copilot-service.md#no-stored-responses), so the turns are read back from the record: for as long as recordings
 * are kept, and for the same key only.
 */
export class ResponseHistory {
  readonly #stores: Pick<Stores, "ledger" | "sessions">;
  /** Response id -> request id, of the responses served last. */
  readonly #requestIds = new LatestMap<string, string>(maxRemembered);
  /** The search under way of each principal. */
  readonly #searches = new Map<string, Promise<unknown>>();

  constructor(stores: Pick<Stores, "ledger" | "sessions">) {
    this.#stores = stores;
  }

  /** Notes an answer as its client got it. */
  remember(requestId: string, protocol: Protocol, answer: Uint8Array): void {
    const responseId = storedHistoryOf(protocol)?.findAnswerId(answer) ?? null;
    if (responseId !== null) this.#requestIds.set(responseId, requestId);
  }

  /**
   * The request with its whole history. Throws `invalid_request` when an earlier answer is not on record, or when there
   * are more of them than can be read back; `client_closed`.
   */
  async expand(call: ServeCall, peek: RequestPeek): Promise<ExpandedRequest> {
    const stored = storedHistoryOf(call.protocol);
    let responseId = stored?.previousAnswerId(peek.body) ?? null;
    if (stored === null || responseId === null) return { peek, conversationId: null };
    const turns: (readonly JsonValue[])[] = [];
    let conversationId: string | null = null;
    while (responseId !== null) {
      if (turns.length === maxTurns) throw tooLong();
      const { request, answer, record } = await this.#read(call, stored, responseId);
      conversationId ??= record.conversationId;
      turns.unshift(stored.readTurn(request, answer));
      responseId = stored.previousAnswerId(request);
    }
    const body = Buffer.from(JSON.stringify(stored.prependTurns(peek.body, turns.flat())));
    return { peek: peekRequest(call.protocol, body), conversationId };
  }

  async #read(
    call: ServeCall,
    stored: StoredHistory,
    responseId: string,
  ): Promise<{ readonly request: JsonObject; readonly answer: Uint8Array; readonly record: RequestRecord }> {
    const found = await this.#find(call, stored, responseId);
    if (found?.bodies == null) throw stored.unknownAnswer(responseId);
    const request = JSON.parse(Buffer.from(found.bodies.request).toString()) as JsonObject;
    return { request, answer: found.bodies.response, record: found.record };
  }

  async #find(call: ServeCall, stored: StoredHistory, responseId: string): Promise<RecordedRequest | null> {
    const isIt = (found: RecordedRequest | null): boolean =>
      found?.bodies != null &&
      found.record.conversationId.startsWith(`${principalId(call.principal)}:`) &&
      stored.findAnswerId(found.bodies.response) === responseId;

    const remembered = this.#requestIds.get(responseId);
    const known = remembered === undefined ? null : await this.#stores.ledger.findRecord(remembered);
    if (isIt(known)) return known;
    // After a restart, or served by another gateway.
    return this.#inTurn(principalId(call.principal), () => this.#search(call, responseId, isIt));
  }

  /** Looks through what the principal has on record, the latest first. */
  async #search(
    { protocol, principal, signal }: ServeCall,
    responseId: string,
    isIt: (found: RecordedRequest | null) => boolean,
  ): Promise<RecordedRequest | null> {
    const key = keyOf(principal)?.id ?? principalName(principal);
    let cursor: string | undefined;
    do {
      if (signal.aborted) throw new GatewayError("client_closed", "The client closed the request.");
      const query = {
        protocol,
        key,
        text: responseId,
        limit: foundAtOnce,
        ...(cursor === undefined ? {} : { cursor }),
      };
      const page = await this.#stores.sessions.listRequests(query);
      for (const { id } of page.requests) {
        const found = await this.#stores.ledger.findRecord(id);
        if (isIt(found)) return found;
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return null;
  }

  /** One search of a principal after the other: each may read all that it has on record, before any limit counts it. */
  #inTurn<Found>(principal: string, search: () => Promise<Found>): Promise<Found> {
    const before = this.#searches.get(principal) ?? Promise.resolve();
    const found = before.then(search);
    const ended = found
      .catch(() => undefined)
      .then(() => {
        if (this.#searches.get(principal) === ended) this.#searches.delete(principal);
      });
    this.#searches.set(principal, ended);
    return found;
  }
}

function tooLong(): GatewayError {
  return new GatewayError(
    "invalid_request",
    `This response follows on more than ${maxTurns} others. Send the earlier turns as \`input\` instead.`,
    { param: "previous_response_id" },
  );
}
