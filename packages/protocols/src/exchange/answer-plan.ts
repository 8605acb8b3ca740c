import type { JsonObject } from "@copilot-llm/model";
import type { ToolNames } from "../canonical/lower-tools.js";
import type { WireDefinition } from "../codec/protocol-definition.js";

/** What an answer's way into the client's protocol must know of the request. */
export interface AnswerPlan {
  readonly client: WireDefinition;
  readonly upstream: WireDefinition;
  readonly modelId: string;
  readonly toolNames: ToolNames;
  /** Stop sequences that the gateway itself must cut at; empty where the service does. */
  readonly stopSequences: readonly string[];
  readonly includeUsage: boolean;
  readonly showsReasoning: boolean;
  readonly estimatedInputTokens: number;
  /** What the answer repeats of the request. */
  readonly settings: JsonObject;
}
