import { completable } from "@modelcontextprotocol/sdk/server/completable.js";
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import type { GetPromptResult } from "@modelcontextprotocol/sdk/types.js";
import * as z from "zod";
import type { McpBackend } from "./mcp-backend.js";

/** Registers `second-opinion` and `compare-models`. Model arguments complete from the catalogue. */
export function registerPrompts(server: McpServer, backend: McpBackend): void {
  const question = z.string().describe("The question, or the answer to be checked, with all its context");
  const completeModel = async (typed = ""): Promise<string[]> => {
    const models = await backend.listModels(new AbortController().signal).catch(() => []);
    return models.filter((model) => model.type === "chat" && model.id.startsWith(typed)).map((model) => model.id);
  };

  server.registerPrompt(
    "second-opinion",
    {
      title: "Second opinion",
      description: "Asks another model the same question and weighs its answer against your own",
      argsSchema: {
        question,
        model: optionalModel("Who is asked; left out: a model of another vendor", completeModel),
      },
    },
    ({ question: asked, model }) =>
      userMessage(
        `Get a second opinion on what follows.

1. Form your own answer first.
2. Ask ${model === undefined ? "a capable model of another vendor (see list_models)" : `the model ${model}`} with the chat tool. Give it the whole question, and not your answer.
3. Say where the two agree, where they differ and who is right, then give the final answer.

${asked}`,
      ),
  );

  server.registerPrompt(
    "compare-models",
    {
      title: "Compare models",
      description: "Asks several models the same question and compares what they answer",
      argsSchema: {
        question,
        models: z.string().describe("Model ids, comma-separated; left out: three of different vendors").optional(),
      },
    },
    ({ question: asked, models }) =>
      userMessage(
        `Compare how different models answer what follows.

1. Ask each of ${models ?? "three models of different vendors (see list_models)"} with the chat tool, in parallel, each with exactly the same message and in a conversation of its own.
2. Show the answers side by side in a table: model, gist, mistakes, tokens and credits used.
3. Say which answer is best, and why.

${asked}`,
      ),
  );
}

function userMessage(text: string): GetPromptResult {
  return { messages: [{ role: "user", content: { type: "text", text } }] };
}

/** The SDK declares completion by the schema inside an optional one, and then completes by the optional one itself. */
function optionalModel(description: string, complete: (typed?: string) => Promise<string[]>) {
  return completable(completable(z.string(), complete).optional().describe(description), complete);
}
