import type { JsonObject, Protocol } from "@copilot-llm/model";
import { replaceModel } from "../body/replace-model.js";
import type { RequestPeek } from "../body/request-peek.js";
import type { ProtocolDefinition, WireHeaders } from "../codec/protocol-definition.js";
import type { QuirkContext } from "../codec/quirk.js";
import type { AnswerIds } from "./answer-context.js";
import { applyQuirks } from "./apply-quirks.js";
import type { AnswerStream, Exchange, ExchangeCall, ReadAnswer } from "./exchange.js";
import { createJsonTap } from "./json-tap.js";
import { createPassThroughStream } from "./pass-through-stream.js";
import type { ServicePath } from "./protocols.js";
import { stripReasoning } from "./strip-reasoning.js";

/** The exchange of a client that speaks the model's own protocol: bytes go up and come down as they are. */
export function preparePassThrough(
  protocol: ProtocolDefinition<ServicePath>,
  call: ExchangeCall,
  peek: RequestPeek,
  context: QuirkContext,
): Exchange {
  const { body, applied } = applyQuirks(protocol, peek.body, context);
  const bytes =
    body === peek.body
      ? replaceModel(peek.bytes, peek, context.modelId)
      : Buffer.from(JSON.stringify({ ...body, model: context.modelId }));
  return new PassThrough(protocol, call, peek.body, bytes, applied);
}

class PassThrough implements Exchange {
  readonly wire: Protocol;
  readonly path: ServicePath;
  readonly body: Uint8Array;
  readonly headers: WireHeaders;
  readonly warnings: readonly string[];
  readonly keepsContentType = true;
  readonly #protocol: ProtocolDefinition;
  readonly #request: JsonObject;

  constructor(
    protocol: ProtocolDefinition<ServicePath>,
    call: ExchangeCall,
    request: JsonObject,
    body: Uint8Array,
    warnings: readonly string[],
  ) {
    this.#protocol = protocol;
    this.#request = request;
    this.wire = protocol.id;
    this.path = (call.operation === "count_tokens" ? protocol.tokenCount?.path : null) ?? protocol.path;
    this.body = body;
    this.headers = protocol.encodeHeaders(call.wireHeaders);
    this.warnings = warnings;
  }

  readAnswer(received: Uint8Array): ReadAnswer {
    const tap = createJsonTap(this.#protocol);
    tap.push(received);
    const { usage } = tap.finish();
    return { body: this.#protocol.finishAnswer(this.#request, received), usage };
  }

  openStream({ requestId }: AnswerIds): AnswerStream {
    if (this.#protocol.kind !== "conversation") throw new Error(`Answers of ${this.wire} do not stream.`);
    return createPassThroughStream(this.#protocol, requestId);
  }

  withoutReasoning(): Uint8Array | null {
    return stripReasoning(this.#protocol, this.body);
  }
}
