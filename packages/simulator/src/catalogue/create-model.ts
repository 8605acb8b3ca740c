import type { PolicyState } from "../accounts/account.js";
import type { CreditPrices, ModelEndpoint, SimulatedModel } from "./simulated-model.js";

/** The few facts from which a whole catalogue item is made. */
export interface ModelFacts {
  readonly id: string;
  readonly name: string;
  readonly vendor: SimulatedModel["vendor"];
  readonly endpoints: readonly ModelEndpoint[];
  /** Leave `supported_endpoints` out, as the service does for chat-only and embedding models. */
  readonly endpointsKeyAbsent?: boolean;
  readonly version?: string;
  readonly family?: string;
  readonly pickerEnabled?: boolean;
  readonly category?: "lightweight" | "versatile" | "powerful";
  readonly contextTokens: number;
  readonly maxPromptTokens: number;
  readonly maxOutputTokens: number;
  readonly vision?: boolean;
  readonly efforts?: readonly string[];
  readonly policy?: PolicyState;
  readonly preview?: boolean;
  readonly multiplier: number;
  readonly restrictedTo?: readonly string[];
  readonly prices?: CreditPrices;
  readonly longContext?: SimulatedModel["longContext"];
  readonly flatPriceForm?: boolean;
  readonly needsMaxCompletionTokens?: boolean;
  readonly refusesPrefill?: boolean;
}

const vendorNames = { openai: "OpenAI", anthropic: "Anthropic", google: "Google", xai: "xAI" } as const;
const freeOfCharge: CreditPrices = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

/** Builds a catalogue model whose raw item has the real service's keys. */
export function createModel(facts: ModelFacts): SimulatedModel {
  const embeddings = facts.endpoints.includes("/embeddings");
  const vision = facts.vision ?? false;
  const efforts = facts.efforts ?? [];
  const claude = facts.vendor === "anthropic";
  const limits = embeddings
    ? { max_inputs: 512 }
    : {
        max_context_window_tokens: facts.contextTokens,
        max_output_tokens: facts.maxOutputTokens,
        max_prompt_tokens: facts.maxPromptTokens,
        ...(claude ? { max_non_streaming_output_tokens: Math.min(16000, facts.maxOutputTokens) } : {}),
        ...(vision ? { vision: visionLimits } : {}),
      };
  const supports = embeddings
    ? { dimensions: true }
    : {
        streaming: true,
        tool_calls: true,
        parallel_tool_calls: true,
        structured_outputs: true,
        ...(vision ? { vision: true } : {}),
        ...(efforts.length > 0 ? { reasoning_effort: efforts } : {}),
        ...(claude ? { adaptive_thinking: true, max_thinking_budget: 32000, min_thinking_budget: 1024 } : {}),
      };
  const item = {
    capabilities: {
      family: facts.family ?? facts.id,
      limits,
      object: "model_capabilities",
      supports,
      tokenizer: embeddings ? "cl100k_base" : "o200k_base",
      type: embeddings ? "embeddings" : "chat",
    },
    id: facts.id,
    is_chat_default: false,
    is_chat_fallback: false,
    ...(facts.category === undefined ? {} : { model_picker_category: facts.category }),
    model_picker_enabled: facts.pickerEnabled ?? true,
    name: facts.name,
    object: "model",
    ...(facts.policy === undefined
      ? {}
      : { policy: { state: facts.policy, terms: `Enable access to the latest ${facts.name} model.` } }),
    preview: facts.preview ?? false,
    ...(facts.endpointsKeyAbsent
      ? {}
      : {
          supported_endpoints: facts.endpoints.flatMap((endpoint) =>
            endpoint === "/responses" ? [endpoint, `ws:${endpoint}`] : [endpoint],
          ),
        }),
    vendor: vendorNames[facts.vendor],
    version: facts.version ?? facts.id,
  };
  return {
    id: facts.id,
    vendor: facts.vendor,
    endpoints: facts.endpoints,
    item,
    multiplier: facts.multiplier,
    ...(facts.restrictedTo === undefined ? {} : { restrictedTo: facts.restrictedTo }),
    prices: facts.prices ?? freeOfCharge,
    ...(facts.longContext === undefined ? {} : { longContext: facts.longContext }),
    flatPriceForm: facts.flatPriceForm ?? false,
    maxPromptTokens: facts.maxPromptTokens,
    maxOutputTokens: facts.maxOutputTokens,
    vision,
    reasoningEfforts: efforts,
    needsMaxCompletionTokens: facts.needsMaxCompletionTokens ?? false,
    refusesPrefill: facts.refusesPrefill ?? false,
  };
}

const visionLimits = {
  max_prompt_image_size: 3145728,
  max_prompt_images: 5,
  supported_media_types: ["image/jpeg", "image/png", "image/webp"],
};
