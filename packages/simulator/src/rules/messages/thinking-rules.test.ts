import { describeRules, type RuleExample } from "../../../testing/describe-rules.js";
import { ask, carol, type Fixture, pick } from "../../../testing/fixture.js";
import { messagesThinkingRules } from "./thinking-rules.js";

type Block = Record<string, unknown>;

const path = "/v1/messages";
const adaptive = { type: "adaptive" };
const budget = (tokens: number) => ({ type: "enabled", budget_tokens: tokens });
const tools = [{ name: "f", input_schema: { type: "object" } }];
const user = (...content: unknown[]) => ({ role: "user", content });
const assistant = (...content: unknown[]) => ({ role: "assistant", content });
const text = { type: "text", text: "x" };
const call = { type: "tool_use", id: "t", name: "f", input: {} };
const result = { type: "tool_result", tool_use_id: "t", content: "r" };
const loop = (...content: unknown[]) => ({ messages: [user(text), assistant(...content), user(result)] });

/** The content that the simulated model answers a script with. */
async function answerOf(fixture: Fixture, script: string, token?: string): Promise<Block[]> {
  const body = ask(path, script, { tools, thinking: adaptive });
  const answer: unknown = await (await fixture.post(path, body, token === undefined ? {} : { token })).json();
  return pick(answer, "content") as Block[];
}

/** A thought, a call, a second thought, a second call, whose results come next. */
async function interleaved(fixture: Fixture) {
  const blocks = await answerOf(fixture, "sim: reasoning one\nsim: tool f\nsim: reasoning two\nsim: tool f");
  const results = blocks.flatMap(({ type, id }) =>
    type === "tool_use" ? [{ type: "tool_result", tool_use_id: id, content: "r" }] : [],
  );
  return {
    blocks,
    sendBack: (content: readonly (Block | undefined)[]) => ({
      tools,
      thinking: adaptive,
      messages: [user(text), assistant(...content.filter((block) => block !== undefined)), user(...results)],
    }),
  };
}

const expected = (type: string) =>
  `messages.1.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${type}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block (preceeding the lastmost set of \`tool_use\` and \`tool_result\` blocks).`;
const cannotBeModified = (at: string) =>
  `${at}: \`thinking\` or \`redacted_thinking\` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.`;

/** The answer with its blocks changed; what is accepted is the answer as it came. */
function modified(change: (blocks: readonly Block[]) => readonly (Block | undefined)[], at: string) {
  return async (fixture: Fixture): Promise<RuleExample> => {
    const { blocks, sendBack } = await interleaved(fixture);
    return { refused: sendBack(change(blocks)), accepted: sendBack(blocks), says: cannotBeModified(at) };
  };
}

const historyOf = (block: unknown) => ({ messages: [user(text), assistant(block, text), user(text)] });
const invalidSignature = "messages.1.content.0: Invalid signature in thinking block";

describeRules(path, messagesThinkingRules, {
  "thinking-forced-tool": [
    {
      refused: { tools, thinking: adaptive, tool_choice: { type: "any" } },
      accepted: { tools, thinking: adaptive, tool_choice: { type: "auto" } },
      says: "Thinking may not be enabled when tool_choice forces tool use.",
    },
    {
      refused: { tools, thinking: budget(1024), tool_choice: { type: "tool", name: "f" } },
      accepted: { tools, tool_choice: { type: "tool", name: "f" } },
      says: "Thinking may not be enabled when tool_choice forces tool use.",
    },
  ],
  "thinking-budget-too-small": {
    refused: { thinking: budget(1023) },
    accepted: { thinking: budget(1024) },
    says: "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024",
  },
  "thinking-budget": {
    refused: { max_tokens: 2048, thinking: budget(2048) },
    accepted: { max_tokens: 2049, thinking: budget(2048) },
    says: "`max_tokens` must be greater than `thinking.budget_tokens`.",
  },
  "thinking-missing": [
    {
      refused: { thinking: budget(1024), ...loop(text, call) },
      accepted: { thinking: adaptive, ...loop(text, call) },
      says: expected("text"),
    },
    {
      refused: { thinking: budget(1024), ...loop(call) },
      accepted: { thinking: budget(1024), messages: [...loop(call).messages, assistant(text), user(text)] },
      says: expected("tool_use"),
    },
    async (fixture) => {
      const { blocks, sendBack } = await interleaved(fixture);
      const calls = blocks.filter(({ type }) => type === "tool_use");
      const thinking = budget(1024);
      return {
        refused: { ...sendBack(calls), thinking },
        accepted: { ...sendBack(blocks), thinking },
        says: expected("tool_use"),
      };
    },
  ],
  "thinking-modified": [
    modified(([first, ...rest]) => [{ ...first, thinking: "something else" }, ...rest], "messages.1.content.0"),
    // One left out, two in the wrong order, one out of its place, one with the other's signature.
    modified(([a, b, _left, d]) => [a, b, d], "messages.1.content.0"),
    modified(([a, b, c, d]) => [c, b, a, d], "messages.1.content.0"),
    modified(([a, b, c, d]) => [a, c, b, d], "messages.1.content.1"),
    modified(([a, b, c, d]) => [{ ...a, signature: c?.signature }, b, c, d], "messages.1.content.0"),
    async (fixture) => {
      const { blocks, sendBack } = await interleaved(fixture);
      const calls = blocks.filter(({ type }) => type === "tool_use");
      return {
        refused: sendBack(blocks.slice(1)),
        accepted: sendBack(calls),
        says: cannotBeModified("messages.1.content.1"),
      };
    },
  ],
  "thinking-signature": [
    async (fixture) => {
      const [block] = await answerOf(fixture, "hi");
      return {
        refused: historyOf(block),
        token: carol.token,
        accepted: historyOf(block),
        says: invalidSignature,
        code: "invalid_request_body",
      };
    },
    async (fixture) => {
      const [block] = await answerOf(fixture, "hi");
      return {
        refused: { model: "claude-haiku-4.5", ...historyOf(block) },
        accepted: historyOf({ ...block, thinking: "" }),
        says: invalidSignature,
      };
    },
    async (fixture) => {
      const [block] = await answerOf(fixture, "hi");
      const later = [assistant(text), user(text)];
      return {
        refused: { messages: [...historyOf({ ...block, thinking: "changed" }).messages, ...later] },
        accepted: { messages: [...historyOf(block).messages, ...later] },
        says: invalidSignature,
      };
    },
  ],
  "redacted-thinking-data": async (fixture) => {
    const [block] = await answerOf(fixture, "sim: redacted hm\nsim: text x");
    return {
      refused: historyOf(block),
      token: carol.token,
      accepted: historyOf(block),
      says: "messages.1.content.0: Invalid `data` in `redacted_thinking` block",
    };
  },
});
