import type { JsonObject, Protocol, UpstreamFailure } from "@copilot-llm/model";
import { writeJson } from "../body/exact-json.js";
import type { ProtocolDefinition, WireHeaders } from "../codec/protocol-definition.js";
import type { AnswerIds } from "./answer-context.js";
import type { AnswerStream, Exchange, MendedRequest, ReadAnswer } from "./exchange.js";
import { mendRequest } from "./mend-request.js";
import { parseAnswer } from "./parse-answer.js";
import type { ServicePath } from "./protocols.js";

/** A request as it goes to the service. */
export interface SentRequest {
  readonly protocol: ProtocolDefinition<ServicePath>;
  readonly path: ServicePath;
  readonly headers: WireHeaders;
  readonly body: JsonObject;
  readonly bytes: Uint8Array;
  readonly furtherBodies: readonly JsonObject[];
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

  get furtherBodies(): readonly Uint8Array[] {
    return this.#sent.furtherBodies.map((body) => Buffer.from(writeJson(body)));
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

  joinAnswers(received: readonly Uint8Array[]): Uint8Array {
    const [only] = received;
    const { joinAnswers } = this.#sent.protocol;
    if (only !== undefined && (received.length === 1 || joinAnswers === undefined)) return only;
    return Buffer.from(writeJson(joinAnswers?.(received.map((bytes) => parseAnswer(bytes, JSON.parse))) ?? {}));
  }

  readAnswer(received: Uint8Array, ids: AnswerIds): ReadAnswer {
    return this.#answers.readAnswer(received, ids);
  }

  openStream(ids: AnswerIds): AnswerStream {
    return this.#answers.openStream(ids);
  }

  mend(failure: UpstreamFailure): MendedRequest | null {
    const mended = mendRequest(this.#sent.protocol, this.#sent, failure);
    return mended === null ? null : { ...mended, body: Buffer.from(writeJson(mended.body)) };
  }
}
