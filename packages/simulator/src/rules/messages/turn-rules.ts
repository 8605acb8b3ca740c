import { objectsOf, stringOf } from "../../json-value.js";
import { found } from "../finding.js";
import type { RuleRow } from "../rule-row.js";
import { locateBlocksOf, mergeTurns, type Turn } from "./message-blocks.js";

const idPattern = /^[a-zA-Z0-9_-]+$/;

/** Order of turns, and the pairing of calls with their results, on `/v1/messages`. */
export const messagesTurnRules: readonly RuleRow[] = [
  {
    id: "first-turn-not-user",
    refuses: "a conversation that does not begin with the user",
    source: "Anthropic's API",
    check: ({ body }) => (objectsOf(body.messages)[0]?.role === "user" ? undefined : found),
    error: { status: 400, shape: "backend", message: 'messages: first message must use the "user" role' },
  },
  {
    id: "assistant-prefill",
    refuses: "a conversation that ends with the assistant, on models that take no prefill (`claude-sonnet-5`)",
    source: "captures of the service",
    check: ({ body, model }) =>
      model.refusesPrefill && objectsOf(body.messages).at(-1)?.role === "assistant" ? found : undefined,
    error: {
      status: 400,
      shape: "anthropic",
      message: "This model does not support assistant message prefill. The conversation must end with a user message.",
    },
  },
  {
    id: "tool-use-id",
    refuses: "an id of a call or a result that does not match `^[a-zA-Z0-9_-]+$`",
    source: "litellm PR#27953",
    check: ({ body }) => {
      for (const { at, block } of locateBlocksOf(body, "tool_use", "tool_result")) {
        const field = block.type === "tool_use" ? "id" : "tool_use_id";
        if (!idPattern.test(stringOf(block[field]))) return { path: `${at}.${block.type}.${field}` };
      }
      return undefined;
    },
    error: { status: 400, shape: "backend", message: "{path}: String should match pattern '^[a-zA-Z0-9_-]+$'" },
  },
  {
    id: "duplicate-tool-use-id",
    refuses: "two calls of one id, anywhere in the request",
    source: "litellm#23510",
    check: ({ body }) => {
      const seen = new Set<string>();
      for (const { at, block } of locateBlocksOf(body, "tool_use")) {
        const id = stringOf(block.id);
        if (seen.has(id)) return { at };
        seen.add(id);
      }
      return undefined;
    },
    error: { status: 400, shape: "backend", message: "{at}: `tool_use` ids must be unique" },
  },
  {
    id: "unanswered-tool-use",
    refuses: "a call without its result at the beginning of the very next user turn",
    source: "claux#40, Anthropic's API",
    check: ({ body }) => {
      const turns = mergeTurns(body);
      for (const [position, turn] of turns.entries()) {
        const answered = new Set(leadingResults(turns[position + 1]));
        const open = turn.blocks.filter(({ block }) => block.type === "tool_use" && !answered.has(stringOf(block.id)));
        if (open.length === 0) continue;
        return { index: turn.index, ids: open.map(({ block }) => stringOf(block.id)).join(", ") };
      }
      return undefined;
    },
    error: {
      status: 400,
      shape: "anthropic",
      message:
        "messages.{index}: `tool_use` ids were found without `tool_result` blocks immediately after: {ids}. Each `tool_use` block must have a corresponding `tool_result` block in the next message.",
    },
  },
  {
    id: "orphan-tool-result",
    refuses: "a result without its call in the turn before",
    source: "claux#40, Anthropic's API",
    check: ({ body }) => {
      const turns = mergeTurns(body);
      for (const [position, turn] of turns.entries()) {
        const calls = new Set(turns[position - 1]?.blocks.map(({ block }) => block.id));
        const orphan = turn.blocks.find(({ block }) => block.type === "tool_result" && !calls.has(block.tool_use_id));
        if (orphan !== undefined) return { at: orphan.at, id: stringOf(orphan.block.tool_use_id) };
      }
      return undefined;
    },
    error: {
      status: 400,
      shape: "anthropic",
      message:
        "{at}: unexpected `tool_use_id` found in `tool_result` blocks: {id}. Each `tool_result` block must have a corresponding `tool_use` block in the previous message.",
    },
  },
  {
    id: "duplicate-tool-result",
    refuses: "two results for one call",
    source: "Anthropic's API",
    check: ({ body }) => {
      const seen = new Set<string>();
      for (const { at, block } of locateBlocksOf(body, "tool_result")) {
        const id = stringOf(block.tool_use_id);
        if (seen.has(id)) return { at, id };
        seen.add(id);
      }
      return undefined;
    },
    error: {
      status: 400,
      shape: "backend",
      message: "{at}: each tool_use must have a single result. Found multiple `tool_result` blocks with id: {id}",
    },
  },
];

/** The ids of the results that a turn begins with; what follows other content answers nothing. */
function leadingResults(turn: Turn | undefined): string[] {
  const blocks = turn?.blocks.map(({ block }) => block) ?? [];
  const end = blocks.findIndex((block) => block.type !== "tool_result");
  return blocks.slice(0, end < 0 ? blocks.length : end).map((block) => stringOf(block.tool_use_id));
}
