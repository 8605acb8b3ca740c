import { type CancelSignal, GatewayError, type JsonObject, type User, type Wire, wires } from "@copilot-llm/model";
import { continueConversation } from "@copilot-llm/protocols";
import type {
  Ledger,
  RecordedRequest,
  SessionFilter,
  SessionFilterOptions,
  SessionPage,
  SessionQuery,
  SessionSummary,
  Sessions,
} from "@copilot-llm/stores";
import type { Actor, Audit } from "../admin/audit.js";
import type { ServeAnswer, ServeCall } from "../serve/serve-call.js";
import { splitTimes } from "./timed-request.js";

export interface SessionAdminOptions {
  readonly sessions: Sessions;
  readonly ledger: Ledger;
  readonly audit: Audit;
  readonly serve: (call: ServeCall) => Promise<ServeAnswer>;
}

/** A recorded conversation, request by request. */
export interface SessionView {
  readonly summary: SessionSummary;
  /** In the order in which they were recorded. */
  readonly requests: readonly RecordedRequest[];
}

/** Who goes on with a session, and how the answer can be given up. */
export interface ContinueCall {
  readonly requestId: string;
  readonly user: User;
  readonly message: string;
  readonly clientIp: string | null;
  readonly userAgent: string | null;
  readonly signal: CancelSignal;
}

/** The admin's verbs for recorded sessions. */
export class SessionAdmin {
  readonly #options: SessionAdminOptions;

  constructor(options: SessionAdminOptions) {
    this.#options = options;
  }

  list(query: SessionQuery): Promise<SessionPage> {
    return this.#options.sessions.list(query);
  }

  filterOptions(): Promise<SessionFilterOptions> {
    return this.#options.sessions.filterOptions();
  }

  async *export(filter: SessionFilter): AsyncGenerator<RecordedRequest> {
    for await (const recorded of this.#options.sessions.export(filter)) yield splitTimes(recorded);
  }

  /** Throws `not_found`. */
  async find(id: string): Promise<SessionView> {
    const found = await this.#options.sessions.find(id);
    if (found === null) throw notFound();
    const requests: RecordedRequest[] = [];
    for (const record of found.records) {
      const recorded = await this.#options.ledger.findRecord(record.id);
      requests.push(splitTimes(recorded ?? { record, bodies: null }));
    }
    return { summary: found.summary, requests };
  }

  /** Forgets what is recorded of the sessions; returns how many there were. */
  async remove(actor: Actor, ids: readonly string[]): Promise<number> {
    const { sessions, audit } = this.#options;
    const [first = null] = ids;
    return sessions.remove(ids, (removed) =>
      audit(actor, "session.delete", ids.length === 1 ? first : null, { removed }),
    );
  }

  /**
   * Sends the user's next message in a recorded conversation, in its own protocol and to its own model, as a stream.
   * Throws `not_found`, and `invalid_request` where the conversation was not recorded in full.
   */
  async continue(id: string, call: ContinueCall): Promise<ServeAnswer> {
    const { record, bodies } = await this.#lastAnswered(id);
    const request = JSON.parse(Buffer.from(bodies.request).toString()) as JsonObject;
    const protocol = wires.find((wire): wire is Wire => wire === record.protocol);
    if (protocol === undefined) throw new GatewayError("invalid_request", "This session is no conversation.");
    const body = continueConversation(protocol, request, bodies.response, call.message);
    return this.#options.serve({
      requestId: call.requestId,
      operation: "generate",
      protocol,
      principal: { kind: "session", user: call.user },
      body: Buffer.from(JSON.stringify(body)),
      wireHeaders: {},
      pinnedTokenId: null,
      conversationId: id,
      clientIp: call.clientIp,
      userAgent: call.userAgent,
      signal: call.signal,
    });
  }

  async #lastAnswered(
    id: string,
  ): Promise<RecordedRequest & { readonly bodies: NonNullable<RecordedRequest["bodies"]> }> {
    const { sessions, ledger } = this.#options;
    const found = await sessions.find(id);
    if (found === null) throw notFound();
    // Bodies are large, and there may be hundreds: as a rule only the last are read.
    for (const { id: requestId, outcome, operation } of [...found.records].reverse()) {
      if (outcome !== "completed" || operation !== "generate") continue;
      const recorded = await ledger.findRecord(requestId);
      if (recorded === null) continue;
      const { record, bodies } = splitTimes(recorded);
      if (bodies !== null) return { record, bodies };
    }
    throw new GatewayError(
      "invalid_request",
      "This session has no answer that was recorded in full; it cannot be continued.",
    );
  }
}

function notFound(): GatewayError {
  return new GatewayError("not_found", "There is no recorded session with this id.");
}
