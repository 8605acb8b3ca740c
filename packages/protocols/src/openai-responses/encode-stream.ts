import type { JsonObject, UpstreamErrorInfo } from "@copilot-llm/model";
import { withoutNulls } from "../body/fields.js";
import type { CanonicalEvent } from "../canonical/event.js";
import { fitCallId } from "../canonical/fit-call-id.js";
import type { FinishReason } from "../canonical/response.js";
import type { StreamMachine } from "../codec/stream-machine.js";
import { truncated } from "../codec/truncated.js";
import { createUpstreamError } from "../codec/upstream-error.js";
import type { AnswerContext } from "../codec/wire-codec.js";
import { encodeEnding, encodeEnvelope, encodeItem } from "./encode-response.js";
import { encodeFailure } from "./encode-stream-error.js";
import {
  addDelta,
  addThought,
  closeCall,
  closeReasoning,
  closeText,
  type EncoderState,
  type EncoderStep,
  emit,
  openItem,
  openText,
} from "./stream-items.js";

/**
 * Canonical events as the full sequence of Responses events, with no type of our own
 * (docs/client-requirements.md#responses-stream-sequence).
 */
export function createStreamEncoder(context: AnswerContext): StreamMachine<EncoderState, CanonicalEvent, string> {
  const step = (state: EncoderState, event: CanonicalEvent): EncoderStep => {
    if (state.hasEnded) return [state, []];
    if (event.type === "usage") return [{ ...state, tokens: event.usage.tokens }, []];
    if (state.envelope !== null) return stepContent(state, event, context);
    const metadata = event.type === "response-metadata" ? event.metadata : { createdAtSeconds: null, model: null };
    const envelope = encodeEnvelope(metadata, context);
    const [begun, start] = emit({ ...state, envelope }, [
      { type: "response.created", response: envelope },
      { type: "response.in_progress", response: envelope },
    ]);
    const [next, texts] = stepContent(begun, event, context);
    return [next, [...start, ...texts]];
  };
  return {
    initialState: {
      envelope: null,
      sequenceNumber: 0,
      open: new Map(),
      output: new Map(),
      outputCount: 0,
      tokens: null,
      hasEnded: false,
    },
    step,
    finish: (state) => (state.hasEnded ? [] : step(state, truncated)[1]),
  };
}

function stepContent(state: EncoderState, event: CanonicalEvent, context: AnswerContext): EncoderStep {
  switch (event.type) {
    case "text-start":
      return openText(state, event.id, event.kind, context);
    case "text-delta":
      return addDelta(state, `text:${event.id}`, event.text);
    case "text-end":
      return closeText(state, `text:${event.id}`, context);
    case "reasoning-start":
      return openItem(state, `reasoning:${event.id}`, "reasoning", context.createId("rs_"), {
        type: "reasoning",
        summary: [],
      });
    case "reasoning-delta":
      return addThought(state, `reasoning:${event.id}`, event.text);
    case "reasoning-end":
      return closeReasoning(state, event, context);
    case "tool-input-start": {
      // The items of such calls have no deltas: they come whole.
      if (event.clientTool !== undefined) return [state, []];
      const isCustom = event.kind === "custom";
      const call = { call_id: fitCallId(event.id), name: event.name, namespace: event.namespace };
      const item = isCustom
        ? { type: "custom_tool_call", status: "in_progress", ...call, input: "" }
        : { type: "function_call", status: "in_progress", ...call, arguments: "" };
      return openItem(
        state,
        `tool:${event.id}`,
        event.kind,
        context.createId(isCustom ? "ctc_" : "fc_"),
        withoutNulls(item),
      );
    }
    case "tool-input-delta":
      return addDelta(state, `tool:${event.id}`, event.text);
    case "tool-call":
      return event.call.clientTool === undefined
        ? closeCall(state, event.call, context)
        : addWholeItems(state, encodeItem(event.call, context));
    case "wire-part":
      return addWholeItems(state, encodeItem(event.part, context));
    case "finish":
      return end(state, event.finish);
    case "error":
      return fail(state, event.error, context);
    default:
      return [state, []];
  }
}

/** Items that nobody saw begin. */
function addWholeItems(state: EncoderState, items: readonly JsonObject[]): EncoderStep {
  const events = items.flatMap((item, place) => [
    { type: "response.output_item.added", output_index: state.outputCount + place, item },
    { type: "response.output_item.done", output_index: state.outputCount + place, item },
  ]);
  const placed = items.map((item, place) => [state.outputCount + place, item] as const);
  const output = new Map([...state.output, ...placed]);
  return emit({ ...state, outputCount: state.outputCount + items.length, output }, events);
}

function completeOutput(state: EncoderState): JsonObject[] {
  return [...state.output].sort(([left], [right]) => left - right).map(([, item]) => item);
}

function end(state: EncoderState, finish: FinishReason): EncoderStep {
  const ending = encodeEnding(finish, state.tokens, completeOutput(state));
  const response = { ...state.envelope, ...ending };
  const [next, texts] = emit(state, [{ type: `response.${String(ending.status)}`, response }]);
  return [{ ...next, hasEnded: true }, texts];
}

function fail(state: EncoderState, upstream: UpstreamErrorInfo, context: AnswerContext): EncoderStep {
  const error = encodeFailure(createUpstreamError(upstream), context.requestId);
  const response = { ...state.envelope, status: "failed", error, output: completeOutput(state) };
  const [next, texts] = emit(state, [{ type: "response.failed", response }]);
  return [{ ...next, hasEnded: true }, texts];
}
