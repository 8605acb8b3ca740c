import type { ToolDefinition } from "#lib/chat/conversation";

/** Tools to try a model with. Nothing runs them: their results are given by hand. */
export const presetTools: readonly ToolDefinition[] = [
  {
    name: "get_weather",
    description: "The weather in a city now.",
    parameters: {
      type: "object",
      properties: { city: { type: "string" }, unit: { type: "string", enum: ["celsius", "fahrenheit"] } },
      required: ["city"],
    },
  },
  {
    name: "read_file",
    description: "Reads a text file of the project.",
    parameters: {
      type: "object",
      properties: { path: { type: "string", description: "Relative to the project's root" } },
      required: ["path"],
    },
  },
];
