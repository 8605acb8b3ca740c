import type { JsonObject, Protocol } from "@copilot-llm/model";
import { writeJson } from "../body/exact-json.js";
import type { ProtocolDefinition, WireHeaders } from "../codec/protocol-definition.js";
import type { AnswerIds } from "./answer-context.js";
import type { AnswerStream, Exchange, ReadAnswer } from "./exchange.js";
import type { ServicePath } from "./protocols.js";

/** A request as it goes to the service. */
export interface SentRequest {
  readonly protocol: ProtocolDefinition<ServicePath>;
  readonly path: ServicePath;
  readonly headers: WireHeaders;
  readonly body: JsonObject;
  readonly bytes: Uint8Array;
  readonly applied: readonly string[];
  readonly warnings: readonly string[];
}

/** The way of answers back to the client. */
export type AnswerReader = Pick<Exchange, "keepsContentType" | "readAnswer" | "openStream">;

/** One request that is ready to be sent, however its body and its answer come about. */
export class PreparedExchange implements Exchange {
  readonly #sent: SentRequest;
  readonly #answers: AnswerReader;

  constructor(sent: SentRequest, answers: AnswerReader) {
    this.#sent = sent;
    this.#answers = answers;
  }

  get wire(): Protocol {
    return this.#sent.protocol.id;
  }

  get path(): ServicePath {
    return this.#sent.path;
  }

  get body(): Uint8Array {
    return this.#sent.bytes;
  }

  get headers(): WireHeaders {
    return this.#sent.headers;
  }

  get applied(): readonly string[] {
    return this.#sent.applied;
  }

  get warnings(): readonly string[] {
    return this.#sent.warnings;
  }

  get keepsContentType(): boolean {
    return this.#answers.keepsContentType;
  }

  readAnswer(received: Uint8Array, ids: AnswerIds): ReadAnswer {
    return this.#answers.readAnswer(received, ids);
  }

  openStream(ids: AnswerIds): AnswerStream {
    return this.#answers.openStream(ids);
  }

  withoutReasoning(): Uint8Array | null {
    const { protocol, body } = this.#sent;
    const stripped = protocol.stripReasoning(body);
    return stripped === null ? null : Buffer.from(writeJson(stripped));
  }
}
