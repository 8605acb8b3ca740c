import type { CatalogueModel, Wire } from "@copilot-llm/model";
import type { RequestPeek } from "../body/request-peek.js";
import type { WireDefinition, WireHeaders } from "../codec/protocol-definition.js";
import type { AnswerIds } from "./answer-context.js";
import type { AnswerStream, Exchange, ReadAnswer } from "./exchange.js";
import { createJsonTap } from "./json-tap.js";
import type { ServicePath } from "./protocols.js";
import { createStreamTranslator } from "./stream-translator.js";
import { stripReasoning } from "./strip-reasoning.js";
import { type AnswerPlan, type TranslatedRequest, translateRequest } from "./translate-request.js";
import { translateResponse } from "./translate-response.js";

/** The exchange of a client whose protocol the model does not speak: client -> canonical -> upstream, and back. */
export function prepareTranslation(
  client: WireDefinition,
  upstream: WireDefinition<ServicePath>,
  peek: RequestPeek,
  model: CatalogueModel,
): Exchange {
  return new Translation(upstream, translateRequest(client, upstream, peek.body, model));
}

class Translation implements Exchange {
  readonly wire: Wire;
  readonly path: ServicePath;
  readonly body: Uint8Array;
  readonly headers: WireHeaders;
  readonly warnings: readonly string[];
  readonly keepsContentType = false;
  readonly #plan: AnswerPlan;

  constructor(upstream: WireDefinition<ServicePath>, { body, warnings, plan }: TranslatedRequest) {
    this.wire = upstream.id;
    this.path = upstream.path;
    this.body = body;
    this.headers = upstream.encodeHeaders(null);
    this.warnings = warnings;
    this.#plan = plan;
  }

  readAnswer(received: Uint8Array, ids: AnswerIds): ReadAnswer {
    const tap = createJsonTap(this.#plan.upstream);
    tap.push(received);
    const { usage } = tap.finish();
    return { body: translateResponse(this.#plan, received, ids), usage };
  }

  openStream(ids: AnswerIds): AnswerStream {
    return createStreamTranslator(this.#plan, ids);
  }

  withoutReasoning(): Uint8Array | null {
    return stripReasoning(this.#plan.upstream, this.body);
  }
}
