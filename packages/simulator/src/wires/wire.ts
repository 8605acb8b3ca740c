import type { CopilotUsage, TokenUsage } from "../billing/price-tokens.js";
import type { SimulatedModel } from "../catalogue/simulated-model.js";
import type { JsonObject } from "../json-value.js";
import type { RuleRow } from "../rules/rule-row.js";
import type { IdOrigin, ServiceIds } from "../service-ids.js";
import type { ModelRequest, WireName } from "./model-request.js";
import type { ScriptedReply } from "./scripted-reply.js";

/** Everything a renderer needs besides the reply. */
export interface RenderContext {
  readonly request: ModelRequest;
  readonly model: SimulatedModel;
  readonly body: JsonObject;
  readonly ids: ServiceIds;
  readonly origin: IdOrigin;
  readonly usage: TokenUsage;
  /** Absent in the premium world. */
  readonly copilotUsage: CopilotUsage | undefined;
  readonly createdAtSeconds: number;
}

/** A stream as frames of SSE text. A stream that breaks sends no frame of `ending`. */
export interface StreamFrames {
  readonly content: Iterable<string>;
  /** Finish reason, usage and end marker. Call it once, after the content. */
  ending(): readonly string[];
}

/** One inference protocol of the service. */
export interface Wire {
  readonly name: WireName;
  readonly endpoint: "/chat/completions" | "/responses" | "/v1/messages";
  readRequest(body: JsonObject): ModelRequest;
  /** Checked in order; the first refusal wins. */
  readonly rules: readonly RuleRow[];
  renderBody(reply: ScriptedReply, context: RenderContext): JsonObject;
  renderStream(reply: ScriptedReply, context: RenderContext): StreamFrames;
  /** True when the answer tells the client its usage. */
  reportsUsage(reply: ScriptedReply, request: ModelRequest): boolean;
  /** The frame of a failure in mid-stream. */
  renderError(message: string, context: RenderContext): string;
}
