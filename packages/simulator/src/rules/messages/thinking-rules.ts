import { numberOf, stringOf } from "../../json-value.js";
import { digestThinking, openSeal } from "../../wires/thinking-seal.js";
import { type Finding, found } from "../finding.js";
import type { RuleInput, RuleRow } from "../rule-row.js";
import { type LocatedBlock, locateBlocksOf, mergeTurns, type Turn, thinkingOf } from "./message-blocks.js";

const leastBudget = 1024;
const thoughts = ["thinking", "redacted_thinking"];

/** Thinking on `/v1/messages`: what may be asked beside it, and what its blocks must look like when they come back. */
export const messagesThinkingRules: readonly RuleRow[] = [
  {
    id: "thinking-forced-tool",
    refuses: "with thinking: a `tool_choice` that forces a call",
    source: "CLIProxyAPI#338",
    check: ({ body, request }) => {
      const isForced = request.toolChoice === "required" || typeof request.toolChoice === "object";
      return isForced && thinkingOf(body) !== undefined ? found : undefined;
    },
    error: {
      status: 400,
      shape: "backend",
      message: "Thinking may not be enabled when tool_choice forces tool use.",
    },
  },
  {
    id: "thinking-budget-too-small",
    refuses: "a thinking budget below 1,024",
    source: "CLIProxyAPI#420",
    check: ({ body }) => {
      const budget = budgetOf(body);
      return budget !== undefined && budget < leastBudget ? { limit: leastBudget } : undefined;
    },
    error: {
      status: 400,
      shape: "backend",
      message: "thinking.enabled.budget_tokens: Input should be greater than or equal to {limit}",
    },
  },
  {
    id: "thinking-budget",
    refuses: "a thinking budget that is not below `max_tokens`",
    source: "CLIProxyAPI#420",
    check: ({ body }) => {
      const budget = budgetOf(body);
      return budget !== undefined && budget >= (numberOf(body.max_tokens) ?? 0) ? found : undefined;
    },
    error: {
      status: 400,
      shape: "anthropic",
      message: "`max_tokens` must be greater than `thinking.budget_tokens`.",
    },
  },
  {
    id: "thinking-missing",
    refuses: "with a thinking budget: a turn under way that called a tool and does not begin with its thinking block",
    source: "CLIProxyAPI#1078",
    check: ({ body }) => {
      if (thinkingOf(body)?.type !== "enabled") return undefined;
      const turns = mergeTurns(body);
      const asked = turns.findLastIndex((turn) => turn.role === "user" && !holds(turn, "tool_result"));
      const answers = turns.slice(asked + 1).filter((turn) => turn.role === "assistant");
      const first = answers[0]?.blocks[0];
      if (first === undefined || !answers.some((turn) => holds(turn, "tool_use"))) return undefined;
      const type = stringOf(first.block.type);
      return thoughts.includes(type) ? undefined : { at: first.at, type };
    },
    error: {
      status: 400,
      shape: "backend",
      message:
        "{at}.type: Expected `thinking` or `redacted_thinking`, but found `{type}`. When `thinking` is enabled, a final `assistant` message must start with a thinking block (preceeding the lastmost set of `tool_use` and `tool_result` blocks).",
    },
  },
  {
    id: "thinking-modified",
    refuses: "thinking of the latest assistant turn that is not as it came: text, signature, number, order or place",
    source: "hermes-agent PR#36071, big-AGI#966",
    check: ({ body }) => {
      const turn = mergeTurns(body).findLast(({ role }) => role === "assistant");
      return turn === undefined ? undefined : findModified(turn);
    },
    error: {
      status: 400,
      shape: "backend",
      message:
        "{at}: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.",
    },
  },
  {
    id: "thinking-signature",
    refuses: "a thinking block whose signature is not its own, or was made for another account or model",
    source: "caozhiyuan/copilot-api#63",
    check: (input) => {
      const foreign = locateBlocksOf(input.body, "thinking").find(
        ({ block }) => !isOwn(stringOf(block.signature), input) || !fitsText(block),
      );
      return foreign === undefined ? undefined : { at: foreign.at };
    },
    error: { status: 400, shape: "service", message: "{at}: Invalid signature in thinking block" },
  },
  {
    id: "redacted-thinking-data",
    refuses: "a redacted thinking block that was made for another account or model",
    source: "hermes-agent PR#35586",
    check: (input) => {
      const blocks = locateBlocksOf(input.body, "redacted_thinking");
      const foreign = blocks.find(({ block }) => !isOwn(stringOf(block.data), input));
      return foreign === undefined ? undefined : { at: foreign.at };
    },
    error: { status: 400, shape: "service", message: "{at}: Invalid `data` in `redacted_thinking` block" },
  },
];

function budgetOf(body: RuleInput["body"]): number | undefined {
  return numberOf(thinkingOf(body)?.budget_tokens);
}

function holds(turn: Turn, type: string): boolean {
  return turn.blocks.some(({ block }) => block.type === type);
}

function isOwn(signature: string, { ids, origin }: RuleInput): boolean {
  const issued = ids.originOf(signature);
  return issued?.account === origin.account && issued.model === origin.model;
}

/** Thinking that was shown must be the text that was signed; thinking that was omitted comes back without any. */
function fitsText(block: LocatedBlock["block"]): boolean {
  const text = stringOf(block.thinking);
  const seal = openSeal(stringOf(block.signature));
  return text === "" || seal === undefined || seal.textDigest === digestThinking(text);
}

/** The first thinking block that differs from what the answer held; none left at all is allowed. */
function findModified({ blocks }: Turn): Finding | undefined {
  const sealed = blocks.flatMap(({ at, block }, position) => {
    const seal = openSeal(stringOf(block.type === "thinking" ? block.signature : block.data));
    return thoughts.includes(stringOf(block.type)) && seal !== undefined ? [{ at, block, position, seal }] : [];
  });
  const isOneAnswer = new Set(sealed.map(({ seal }) => seal.answer)).size === 1;
  const next = new Map<string, number>();
  for (const { at, block, position, seal } of sealed) {
    const expected = next.get(seal.answer) ?? 0;
    next.set(seal.answer, expected + 1);
    const before = blocks.slice(0, position).map((other) => other.block.type);
    const isInPlace =
      !isOneAnswer ||
      (before.filter((type) => type === "tool_use").length === seal.callsBefore &&
        before.includes("text") === seal.isAfterText);
    const isText = block.type !== "thinking" || fitsText(block);
    if (seal.ordinal !== expected || !isInPlace || !isText) return { at };
  }
  const incomplete = sealed.find(({ seal }) => next.get(seal.answer) !== seal.count);
  return incomplete === undefined ? undefined : { at: incomplete.at };
}
