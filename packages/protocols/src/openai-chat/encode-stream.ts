import type { ReportedUsage, UpstreamErrorInfo } from "@copilot-llm/model";
import type { CanonicalEvent } from "../canonical/event.js";
import { fitCallId } from "../canonical/fit-call-id.js";
import type { ToolKind } from "../canonical/part.js";
import type { FinishReason } from "../canonical/response.js";
import { sealReasoning } from "../canonical/seal-reasoning.js";
import { encodeOpenaiStreamError } from "../codec/encode-openai-error.js";
import type { StreamMachine } from "../codec/stream-machine.js";
import { truncated } from "../codec/truncated.js";
import { createUpstreamError } from "../codec/upstream-error.js";
import type { AnswerContext } from "../codec/wire-codec.js";
import { mapToFinishReason } from "./map-finish-reason.js";
import { mapToUsage } from "./map-usage.js";
import { addText, sealShape, type TurnShape } from "./turn-shape.js";

interface Call {
  /** Its place in `tool_calls`. */
  readonly index: number;
  readonly kind: ToolKind;
  readonly hasInput: boolean;
}

interface State {
  /** What every chunk begins with, up to its choices; empty before the first chunk. */
  readonly head: string;
  /** By the calls' ids. */
  readonly calls: ReadonlyMap<string, Call>;
  /** The text under way that is a refusal. */
  readonly refusalId: string | null;
  /** What the answer consists of so far. */
  readonly shape: TurnShape;
  /** Characters of the thought under way. */
  readonly thoughtCharacters: number;
  readonly usage: ReportedUsage | null;
  readonly hasEnded: boolean;
}

type Step = readonly [State, readonly string[]];

const done = "data: [DONE]\n\n";

/** Canonical events as Chat chunks. The machine of one answer: `context` gives its ids. */
export function createStreamEncoder(context: AnswerContext): StreamMachine<State, CanonicalEvent, string> {
  const step = (state: State, event: CanonicalEvent): Step => {
    if (state.hasEnded) return [state, []];
    switch (event.type) {
      case "response-metadata":
        return state.head === "" ? begin(state, context, event.metadata) : [state, []];
      case "error":
        return [{ ...state, hasEnded: true }, [encodeEnd(event.error, context)]];
      case "usage":
        return [{ ...state, usage: event.usage }, []];
      default: {
        if (state.head !== "") return stepContent(state, event, context);
        const [begun, first] = begin(state, context, { model: null, createdAtSeconds: null });
        const [next, chunks] = stepContent(begun, event, context);
        return [next, [...first, ...chunks]];
      }
    }
  };
  return {
    initialState: {
      head: "",
      calls: new Map(),
      refusalId: null,
      shape: [],
      thoughtCharacters: 0,
      usage: null,
      hasEnded: false,
    },
    step,
    finish: (state) => (state.hasEnded ? [] : step(state, truncated)[1]),
  };
}

function begin(
  state: State,
  context: AnswerContext,
  metadata: { readonly model: string | null; readonly createdAtSeconds: number | null },
): Step {
  const id = JSON.stringify(context.createId("chatcmpl-"));
  const created = metadata.createdAtSeconds ?? context.nowSeconds;
  const model = JSON.stringify(metadata.model ?? context.model);
  const head = `data: {"id":${id},"object":"chat.completion.chunk","created":${created},"model":${model},"choices":[`;
  const next = { ...state, head };
  return [next, [encodeDelta(next, '{"role":"assistant","content":""}')]];
}

function stepContent(state: State, event: CanonicalEvent, context: AnswerContext): Step {
  switch (event.type) {
    case "text-start":
      return event.kind === "refusal" ? [{ ...state, refusalId: event.id }, []] : [state, []];
    case "text-delta": {
      if (event.id === state.refusalId)
        return [state, [encodeDelta(state, `{"refusal":${JSON.stringify(event.text)}}`)]];
      const next = { ...state, shape: addText(state.shape, event.text.length) };
      return [next, [encodeDelta(state, `{"content":${JSON.stringify(event.text)}}`)]];
    }
    case "reasoning-delta": {
      const next = { ...state, thoughtCharacters: state.thoughtCharacters + event.text.length };
      return [next, [encodeDelta(state, `{"reasoning_text":${JSON.stringify(event.text)}}`)]];
    }
    case "reasoning-end": {
      const shape: TurnShape = [...state.shape, ["thought", state.thoughtCharacters, event.opaque]];
      const next = { ...state, shape, thoughtCharacters: 0 };
      if (event.opaque === null) return [next, []];
      const sealed = JSON.stringify(sealReasoning(event.opaque, "openai-chat"));
      return [next, [encodeDelta(state, `{"reasoning_opaque":${sealed}}`)]];
    }
    case "tool-input-start": {
      const index = state.calls.size;
      const calls = new Map(state.calls).set(event.id, { index, kind: event.kind, hasInput: false });
      const next: State = { ...state, calls, shape: [...state.shape, ["call"]] };
      // Free text goes out whole: Chat streams the arguments of functions only.
      if (event.kind === "custom") return [next, []];
      const called = { name: event.name, arguments: "" };
      return [next, [encodeCall(next, { index, id: fitCallId(event.id), type: "function", function: called })]];
    }
    case "tool-input-delta": {
      const call = state.calls.get(event.id);
      if (call?.kind !== "function" || event.text === "") return [state, []];
      const next = call.hasInput
        ? state
        : { ...state, calls: new Map(state.calls).set(event.id, { ...call, hasInput: true }) };
      return [next, [encodeCall(state, { index: call.index, function: { arguments: event.text } })]];
    }
    case "tool-call": {
      const { call } = event;
      const begun = state.calls.get(call.callId);
      const index = begun?.index;
      if (call.kind === "function") {
        // A function without parameters may get no input at all; clients parse what they got as JSON.
        const isSaid = begun?.hasInput !== false;
        return [state, isSaid ? [] : [encodeCall(state, { index, function: { arguments: call.input } })]];
      }
      const custom = { name: call.name, input: call.input };
      return [state, [encodeCall(state, { index, id: fitCallId(call.callId), type: "custom", custom })]];
    }
    case "finish":
      return [{ ...state, hasEnded: true }, encodeFinish(state, event.finish, context)];
    default:
      return [state, []];
  }
}

function encodeDelta(state: State, delta: string): string {
  return `${state.head}{"index":0,"delta":${delta},"finish_reason":null}]}\n\n`;
}

function encodeCall(state: State, call: object): string {
  return encodeDelta(state, JSON.stringify({ tool_calls: [call] }));
}

function encodeFinish(state: State, finish: FinishReason, context: AnswerContext): string[] {
  const reason = JSON.stringify(mapToFinishReason(finish, state.calls.size > 0));
  // The seals of several thoughts, with their places: clients keep what comes last.
  const together = sealShape(state.shape);
  const sealed = together === null ? [] : [encodeDelta(state, `{"reasoning_opaque":${JSON.stringify(together)}}`)];
  const chunks = [...sealed, `${state.head}{"index":0,"delta":{},"finish_reason":${reason}}]}\n\n`];
  const tokens = state.usage?.tokens ?? null;
  if (context.includeUsage && tokens !== null) {
    chunks.push(`${state.head}],"usage":${JSON.stringify(mapToUsage(tokens))}}\n\n`);
  }
  return [...chunks, done];
}

function encodeEnd(error: UpstreamErrorInfo, context: AnswerContext): string {
  return encodeOpenaiStreamError(createUpstreamError(error), context.requestId);
}
