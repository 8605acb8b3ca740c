import { charactersPerToken, countTextTokens } from "../billing/measure-prompt.js";
import type { Quirks } from "../quirks.js";
import type { IdOrigin, ServiceIds } from "../service-ids.js";
import type { ModelRequest, OfferedTool, PromptTurn } from "../wires/model-request.js";
import { type ReplyPart, type ReplyStop, type ScriptedReply, textOf } from "../wires/scripted-reply.js";
import { digestThinking, sealThinking } from "../wires/thinking-seal.js";
import { parseAgentGoal, planAgentStep } from "./agent-script.js";
import { parseDirectives } from "./parse-directives.js";
import { sampleValue } from "./sample-value.js";
import type { PlannedPart, Script } from "./script.js";
import { cutText, splitChunks } from "./split-chunks.js";

/** What planning needs besides the request. */
export interface PlanContext {
  readonly quirks: Quirks;
  readonly ids: ServiceIds;
  readonly origin: IdOrigin;
  /** Pace of replies that do not say. */
  readonly chunkDelayMs: number | undefined;
  readonly answerTo: (message: string) => string | undefined;
  /** The wire cannot carry a structured answer to this model: it is ignored without a word. */
  readonly ignoresStructuredOutput: boolean;
}

/** The script a request follows, and how far the conversation has come in it. */
export interface ScriptPosition {
  /** The text of the user message that decides, without its directive lines. */
  readonly goal: string;
  readonly step: number;
  readonly script: Script | undefined;
  readonly lastToolResult: string | undefined;
}

const defaultChunkSize = 8;
/** A long prompt asks for a long read, not for a long answer. */
const maximumEchoLength = 1000;
const defaultReasoning = "Considering the request.";

/** Finds the user message that rules this turn and counts the answers given since. */
export function locateScript(turns: readonly PromptTurn[]): ScriptPosition {
  const goalIndex = findGoal(turns);
  const after = turns.slice(goalIndex + 1);
  const { text: goal, script } = parseDirectives(turns[goalIndex]?.text ?? "");
  const last = turns.at(-1);
  const results = turns.filter((turn) => turn.role === "tool");
  return {
    goal,
    step: after.filter((turn, index) => turn.role === "assistant" && after[index - 1]?.role !== "assistant").length,
    script,
    lastToolResult: last !== undefined && after.some((turn) => turn.role === "tool") ? results.at(-1)?.text : undefined,
  };
}

/** Plans the answer. Equal requests at the same position give equal answers, ids aside. */
export function planReply(request: ModelRequest, position: ScriptPosition, context: PlanContext): ScriptedReply {
  const { script } = position;
  const planned = withReasoning(planParts(request, position, context), request);
  const chunkSize = script?.chunkSize ?? defaultChunkSize;
  const limited = limitText(planned, request);
  const unsealed = limited.parts.flatMap((part) => createPart(part, request, context, chunkSize, script?.splitsPairs));
  const parts = sealThoughts(unsealed, context);
  const called = parts.some((part) => part.type === "tool-call");
  const refused = parts.some((part) => part.type === "refusal");
  const stop: ReplyStop = script?.endsByLength
    ? "length"
    : refused
      ? "refusal"
      : limited.stop !== "end"
        ? limited.stop
        : called
          ? "tool-calls"
          : "end";
  const countOf = (selected: readonly ReplyPart[]): number =>
    selected.reduce((sum, part) => sum + countTextTokens(textOf(part)), 0);
  return {
    parts,
    stop,
    stopSequence: limited.stopSequence,
    outputTokens: Math.max(1, countOf(parts)),
    reasoningTokens: countOf(parts.filter((part) => part.type === "reasoning")),
    pacing: {
      firstByteDelayMs: script?.firstByteDelayMs ?? 0,
      chunkDelayMs: script?.chunkDelayMs ?? context.chunkDelayMs,
      splitBytes: script?.splitBytes,
    },
    breakage: script?.breakage,
    quirks: context.quirks,
  };
}

/** User text that follows tool results directly is a note of the client, not a new turn. */
function findGoal(turns: readonly PromptTurn[]): number {
  for (let index = turns.length - 1; index >= 0; index -= 1) {
    const turn = turns[index];
    const before = turns[index - 1];
    if (turn?.role === "user" && turn.text !== "" && before?.role !== "tool") return index;
  }
  return turns.findLastIndex((turn) => turn.role === "user");
}

function planParts(request: ModelRequest, position: ScriptPosition, context: PlanContext): readonly PlannedPart[] {
  const { goal, step, script, lastToolResult } = position;
  const scripted = script?.steps[step];
  if (scripted !== undefined && scripted.length > 0) return scripted;
  const tools = request.toolChoice === "none" ? [] : request.tools;
  if (tools.length > 0 && request.toolChoice !== "auto")
    return [{ type: "tool-call", tool: forcedTool(request), argumentsText: undefined }];
  const agentGoal = tools.length > 0 && script === undefined ? parseAgentGoal(goal) : undefined;
  if (agentGoal !== undefined) {
    const planned = planAgentStep(agentGoal, step, tools, lastToolResult ?? "");
    if (planned !== undefined) return planned;
  }
  if (request.structuredOutput !== undefined && !context.ignoresStructuredOutput) {
    const { schema } = request.structuredOutput;
    const value = Object.keys(schema).length === 0 ? { echo: goal } : sampleValue(schema, goal.slice(0, 60));
    return [{ type: "text", text: JSON.stringify(value) }];
  }
  const answer = script === undefined ? context.answerTo(goal) : undefined;
  if (answer !== undefined) return [{ type: "text", text: answer }];
  if (lastToolResult !== undefined) return [{ type: "text", text: `Tool result: ${lastToolResult}` }];
  return [{ type: "text", text: `Echo: ${cutText(goal, maximumEchoLength)}` }];
}

function forcedTool(request: ModelRequest): string | undefined {
  return typeof request.toolChoice === "object" ? request.toolChoice.name : undefined;
}

/** A model that was asked to reason does so, unless the script wrote the reasoning itself. */
function withReasoning(parts: readonly PlannedPart[], request: ModelRequest): readonly PlannedPart[] {
  if (!request.reasoning || parts.some((part) => part.type === "reasoning")) return parts;
  return [{ type: "reasoning", text: defaultReasoning }, ...parts];
}

interface LimitedParts {
  readonly parts: readonly PlannedPart[];
  readonly stop: "end" | "length" | "stop-sequence";
  readonly stopSequence: string | undefined;
}

/** Applies stop sequences and the output limit to the text; what follows the cut is left out. */
function limitText(parts: readonly PlannedPart[], request: ModelRequest): LimitedParts {
  let room = (request.maxOutputTokens ?? Number.POSITIVE_INFINITY) * charactersPerToken;
  const kept: PlannedPart[] = [];
  for (const part of parts) {
    if (part.type !== "text") {
      kept.push(part);
      continue;
    }
    const stopped = firstStop(part.text, request.stopSequences);
    const text = stopped === undefined ? part.text : part.text.slice(0, stopped.index);
    if (text.length > room) {
      kept.push({ ...part, text: cutText(text, room) });
      return { parts: kept, stop: "length", stopSequence: undefined };
    }
    kept.push({ ...part, text });
    if (stopped !== undefined) return { parts: kept, stop: "stop-sequence", stopSequence: stopped.sequence };
    room -= text.length;
  }
  return { parts: kept, stop: "end", stopSequence: undefined };
}

function firstStop(text: string, sequences: readonly string[]): { index: number; sequence: string } | undefined {
  return sequences
    .filter((sequence) => sequence !== "" && text.includes(sequence))
    .map((sequence) => ({ index: text.indexOf(sequence), sequence }))
    .sort((left, right) => left.index - right.index)[0];
}

function createPart(
  part: PlannedPart,
  request: ModelRequest,
  context: PlanContext,
  chunkSize: number,
  splitsPairs = false,
): ReplyPart[] {
  if (part.type === "tool-call") return [createToolCall(part, request, context, chunkSize)];
  const chunks = splitChunks(part.text, chunkSize, splitsPairs);
  if (part.type === "reasoning") {
    return [{ type: "reasoning", chunks, isRedacted: part.isRedacted ?? false, signature: "" }];
  }
  return [{ type: part.type, chunks: context.quirks.emptyDeltas ? chunks.flatMap((chunk) => ["", chunk]) : chunks }];
}

/** Gives every thought a signature that says what it is and where it stands in the answer. */
function sealThoughts(parts: readonly ReplyPart[], { ids, origin }: PlanContext): readonly ReplyPart[] {
  const count = parts.filter(({ type }) => type === "reasoning").length;
  if (count === 0) return parts;
  const answer = ids.next("").slice(-8);
  let ordinal = 0;
  return parts.map((part, index) => {
    if (part.type !== "reasoning") return part;
    const before = parts.slice(0, index);
    const seal = {
      answer,
      ordinal,
      count,
      callsBefore: before.filter(({ type }) => type === "tool-call").length,
      isAfterText: before.some(({ type }) => type === "text" || type === "refusal"),
      textDigest: digestThinking(textOf(part)),
    };
    ordinal += 1;
    return { ...part, signature: sealThinking(seal, ids, origin) };
  });
}

function createToolCall(
  part: PlannedPart & { type: "tool-call" },
  request: ModelRequest,
  context: PlanContext,
  chunkSize: number,
): ReplyPart {
  const tool = findTool(part.tool, request.tools);
  if (tool === undefined) {
    return { type: "text", chunks: [`The tool ${part.tool ?? ""} was not offered.`] };
  }
  const argumentsText = part.argumentsText ?? sampleArguments(tool);
  return {
    type: "tool-call",
    callId: context.ids.next(callIdPrefix(request, context.quirks)),
    name: tool.name,
    ...(tool.namespace === undefined ? {} : { namespace: tool.namespace }),
    kind: tool.kind,
    chunks: splitChunks(argumentsText, chunkSize),
  };
}

function findTool(name: string | undefined, tools: readonly OfferedTool[]): OfferedTool | undefined {
  return name === undefined ? tools[0] : tools.find((tool) => tool.name === name);
}

function sampleArguments(tool: OfferedTool): string {
  return tool.kind === "custom" ? "sample" : JSON.stringify(sampleValue({ type: "object", ...tool.schema }, "sample"));
}

function callIdPrefix(request: ModelRequest, quirks: Quirks): string {
  if (request.wire !== "messages") return "call_";
  return { bedrock: "toolu_bdrk_", vertex: "toolu_vrtx_", anthropic: "toolu_" }[quirks.messagesBackend];
}
