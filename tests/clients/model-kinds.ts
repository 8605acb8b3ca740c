/** A model of the simulator for each set of protocols that a model may speak. */
export const modelKinds = [
  { kind: "chat only", model: "gpt-4.1" },
  { kind: "responses only", model: "gpt-5.3-codex" },
  { kind: "messages only", model: "claude-sonnet-5" },
  { kind: "chat and messages", model: "claude-sonnet-4.6" },
  { kind: "chat and responses", model: "gpt-5-mini" },
] as const;

/** Makes the simulated model call `weather` and then, on its result, say so. */
export const weatherQuestion = [
  "sim: text Let me see.",
  'sim: tool weather {"city":"Berlin"}',
  "sim: then",
  "sim: text 17 degrees.",
].join("\n");

/** JSON schema of the tool's input. */
export const weatherSchema = {
  type: "object",
  properties: { city: { type: "string" } },
  required: ["city"],
  additionalProperties: false,
} as const;
