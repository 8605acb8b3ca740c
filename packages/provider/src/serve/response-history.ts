import { GatewayError, type JsonObject, type JsonValue, type RequestRecord } from "@copilot-llm/model";
import { findResponseId, peekRequest, prependItems, type RequestPeek, responseItems } from "@copilot-llm/protocols";
import type { RecordedRequest, Stores } from "@copilot-llm/stores";
import { principalId } from "../principal.js";
import { LatestMap } from "./latest-map.js";
import type { ServeCall } from "./serve-call.js";

const maxRemembered = 20_000;
const maxTurns = 500;

/** A request with the earlier turns that it referred to. */
export interface ExpandedRequest {
  readonly peek: RequestPeek;
  /** The bytes that `peek` was made of. */
  readonly body: Uint8Array;
  /** The conversation of the response that it goes on from; null where it names none. */
  readonly conversationId: string | null;
}

/**
 * The conversations behind `previous_response_id`. The upstream keeps none over HTTP (upstream.md B7), so the turns are
 * read back from the record: for as long as recordings are kept, and for the same key only.
 */
export class ResponseHistory {
  readonly #stores: Pick<Stores, "ledger" | "sessions">;
  /** Response id -> request id, of the responses served last. */
  readonly #requestIds = new LatestMap<string, string>(maxRemembered);

  constructor(stores: Pick<Stores, "ledger" | "sessions">) {
    this.#stores = stores;
  }

  /** Notes an answer in the Responses protocol, as its client got it. */
  remember(requestId: string, answer: Uint8Array): void {
    const responseId = findResponseId(answer);
    if (responseId !== null) this.#requestIds.set(responseId, requestId);
  }

  /** The request with its whole history in `input`. Throws `invalid_request` when an earlier response is not on record. */
  async expand(call: ServeCall, peek: RequestPeek): Promise<ExpandedRequest> {
    const previousId = peek.body.previous_response_id;
    if (call.protocol !== "openai-responses" || typeof previousId !== "string") {
      return { peek, body: call.body, conversationId: null };
    }
    const turns: (readonly JsonValue[])[] = [];
    let conversationId: string | null = null;
    let responseId: JsonValue | undefined = previousId;
    while (typeof responseId === "string" && turns.length < maxTurns) {
      const { request, answer, record } = await this.#read(call, responseId);
      conversationId ??= record.conversationId;
      turns.unshift(responseItems(request, answer));
      responseId = request.previous_response_id;
    }
    const body = Buffer.from(JSON.stringify(prependItems(peek.body, turns.flat())));
    return { peek: peekRequest(call.protocol, body), body, conversationId };
  }

  async #read(
    call: ServeCall,
    responseId: string,
  ): Promise<{ readonly request: JsonObject; readonly answer: Uint8Array; readonly record: RequestRecord }> {
    const found = await this.#find(call, responseId);
    if (found?.bodies === null || found === null) {
      throw new GatewayError(
        "invalid_request",
        `Previous response with id '${responseId}' not found. It is kept only while this gateway records requests in full; send the whole conversation in \`input\` instead.`,
        { param: "previous_response_id", details: { error_code: "previous_response_not_found" } },
      );
    }
    const request = JSON.parse(Buffer.from(found.bodies.request).toString()) as JsonObject;
    return { request, answer: found.bodies.response, record: found.record };
  }

  async #find(call: ServeCall, responseId: string): Promise<RecordedRequest | null> {
    const isIt = (found: RecordedRequest | null): boolean =>
      found?.bodies != null &&
      found.record.conversationId.startsWith(`${principalId(call.principal)}:`) &&
      findResponseId(found.bodies.response) === responseId;

    const remembered = this.#requestIds.get(responseId);
    const known = remembered === undefined ? null : await this.#stores.ledger.findRecord(remembered);
    if (isIt(known)) return known;
    // After a restart, or served by another gateway: the answer is the oldest record that tells the id.
    for await (const found of this.#stores.sessions.export({ protocol: call.protocol, text: responseId })) {
      if (isIt(found)) return found;
    }
    return null;
  }
}
