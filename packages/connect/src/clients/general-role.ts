import type { ModelRole } from "../connection.js";

/** Agents open with tens of thousands of tokens of instructions and tools, and compact before the end is reached. */
export const agentContextTokens = 100_000;

/** The model of a client that speaks Chat and works with tools. */
export const generalRole: ModelRole = {
  id: "main",
  prefers: "able",
  wires: ["openai-chat"],
  needsTools: true,
  minContextTokens: agentContextTokens,
  names: [/^claude-.*sonnet/, /^gpt-5(?!.*(?:mini|nano))/, /^claude-/],
};

/** The model of a client that only chats: something that costs little will do for the first try. */
export const chatRole: ModelRole = {
  id: "main",
  prefers: "cheap",
  wires: ["openai-chat"],
  needsTools: false,
  minContextTokens: 0,
  names: [/^gpt-5/, /^gpt-/],
};

/** The same for what is written against Anthropic's API. */
export const messagesRole: ModelRole = {
  id: "main",
  prefers: "able",
  wires: ["anthropic-messages"],
  needsTools: false,
  minContextTokens: 0,
  names: [/^claude-.*sonnet/, /^claude-/],
};

/** Titles, summaries and the like of an agent that speaks Chat. */
export const sideRole: ModelRole = {
  id: "fast",
  prefers: "cheap",
  wires: ["openai-chat"],
  needsTools: false,
  minContextTokens: agentContextTokens,
  names: [/mini|haiku|flash|nano/],
};
