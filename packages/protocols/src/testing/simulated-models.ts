import type { CatalogueModel, Wire } from "@copilot-llm/model";
import { defaultCatalogue, type ModelEndpoint, type SimulatedModel } from "@copilot-llm/simulator";
import { catalogueModel } from "./catalogue-model.js";

const wireOfEndpoint: Readonly<Partial<Record<ModelEndpoint, Wire>>> = {
  "/v1/messages": "anthropic-messages",
  "/responses": "openai-responses",
  "/chat/completions": "openai-chat",
};
const vendors = { openai: "OpenAI", anthropic: "Anthropic", google: "Google", xai: "xAI" } as const;

/** A model that the simulator plays, on one of its wires. */
export interface SimulatedTarget {
  readonly simulated: SimulatedModel;
  readonly endpoint: ModelEndpoint;
  readonly wire: Wire;
  readonly model: CatalogueModel;
}

/** Every conversation model of the simulator's catalogue on each of its wires. */
export const simulatedTargets: readonly SimulatedTarget[] = defaultCatalogue.flatMap((simulated) =>
  simulated.endpoints.flatMap((endpoint) => {
    const wire = wireOfEndpoint[endpoint];
    return wire === undefined ? [] : [{ simulated, endpoint, wire, model: describe(simulated, wire) }];
  }),
);

function describe(simulated: SimulatedModel, wire: Wire): CatalogueModel {
  const isClaude = simulated.vendor === "anthropic";
  return catalogueModel({
    id: simulated.id,
    vendor: vendors[simulated.vendor],
    wires: [wire],
    maxPromptTokens: simulated.maxPromptTokens,
    maxOutputTokens: simulated.maxOutputTokens,
    supports: {
      streaming: true,
      toolCalls: true,
      parallelToolCalls: true,
      vision: simulated.vision,
      structuredOutputs: true,
      adaptiveThinking: isClaude,
      reasoningEfforts: simulated.reasoningEfforts,
      minThinkingBudgetTokens: isClaude ? 1024 : null,
      maxThinkingBudgetTokens: isClaude ? 32_000 : null,
    },
  });
}
