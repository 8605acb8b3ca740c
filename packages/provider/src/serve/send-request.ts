import { type CatalogueModel, GatewayError, type Settings } from "@copilot-llm/model";
import { type Exchange, prepareExchange } from "@copilot-llm/protocols";
import type { ModelDirectory } from "../models/model-directory.js";
import type { Admitted } from "./admit-request.js";
import type { InteractionIds } from "./interaction-ids.js";
import type { RefusedParameters } from "./refused-parameters.js";
import type { RequestTrace } from "./request-trace.js";
import type { Accepted, MendRequest, SendWithFailover } from "./send-with-failover.js";

export interface SendOptions {
  readonly sendWithFailover: SendWithFailover;
  readonly models: Pick<ModelDirectory, "find">;
  readonly interactionIds: Pick<InteractionIds, "next">;
  readonly refusals: Pick<RefusedParameters, "of" | "note">;
  /** The settings as they stand. */
  readonly settings: () => Settings;
}

/** A request that a token has taken, and how its answer comes back. The lease is the caller's to release. */
export interface Sent extends Accepted {
  /** The model that serves it. */
  readonly model: CatalogueModel;
  readonly exchange: Exchange;
  /** What is left to send, one after the other, where the service does not take the whole request at once. */
  readonly further: readonly (() => Promise<Accepted>)[];
}

export interface SendRequest {
  /** Sends on the request's own model only. Rejects with what the client is to be told. */
  onItsModel(admitted: Admitted, trace: RequestTrace): Promise<Sent>;
  /** As `onItsModel`, or, where an admin configured it, on the next of the model's fallbacks that a token can serve. */
  onFirstServing(admitted: Admitted, trace: RequestTrace): Promise<Sent>;
}

export function createSendRequest(options: SendOptions): SendRequest {
  const { sendWithFailover, models, interactionIds, refusals, settings } = options;

  const send = async (admitted: Admitted, model: CatalogueModel, trace: RequestTrace): Promise<Sent> => {
    const { call, peek, conversationId } = admitted;
    const exchange = await prepareExchange(call, peek, model, refusals.of(model.id));
    trace.noteModel(model);
    trace.noteExchange(exchange);
    const request = {
      path: exchange.path,
      modelId: model.id,
      body: exchange.body,
      headers: exchange.headers,
      initiator: peek.initiator,
      hasImages: peek.hasImages,
      interactionId: interactionIds.next(conversationId, peek.initiator),
      signal: call.signal,
    };
    const mend: MendRequest = (failure) => {
      const mended = exchange.mend(failure);
      if (mended !== null) refusals.note(model.id, mended.refused);
      return mended;
    };
    const accepted = await sendWithFailover(admitted, request, mend, trace);
    const further = exchange.furtherBodies.map(
      (body) => () => sendWithFailover(admitted, { ...request, body }, () => null, trace),
    );
    return { model, exchange, further, lease: accepted.lease, answer: accepted.answer };
  };

  const candidatesFor = ({ call, model, key }: Admitted): readonly CatalogueModel[] => {
    // What finds nothing to spare of its own model waits for it.
    if (call.batch !== undefined) return [model];
    const { modelFallbacks, modelAliases } = settings();
    if (!Object.hasOwn(modelFallbacks, model.id)) return [model];
    const fallbacks = modelFallbacks[model.id] ?? [];
    return [model, ...fallbacks.flatMap((id) => models.find(id, key, modelAliases) ?? [])];
  };

  return {
    onItsModel: (admitted, trace) => send(admitted, admitted.model, trace),
    async onFirstServing(admitted, trace) {
      let refusal: GatewayError | null = null;
      for (const candidate of candidatesFor(admitted)) {
        try {
          return await send(admitted, candidate, trace);
        } catch (error) {
          refusal = GatewayError.from(error);
          if (!isNoTokenLeft(refusal)) break;
        }
      }
      throw refusal ?? new GatewayError("unavailable", "No model is left to serve this request.");
    },
  };
}

function isNoTokenLeft(error: GatewayError): boolean {
  return error.code === "no_token_available" || error.code === "quota_exceeded" || error.code === "unavailable";
}
