import { encodeOpenaiError } from "../codec/encode-openai-error.js";
import type { EmbeddingsDefinition } from "../codec/protocol-definition.js";
import { finishAnswer } from "./finish-answer.js";
import { loadTokenDecoder } from "./load-token-decoder.js";
import { mapUsage } from "./map-usage.js";
import { peek } from "./peek.js";
import { rules } from "./rules.js";

/** OpenAI's embeddings. No other protocol has them, and they never stream. */
export const openaiEmbeddings: EmbeddingsDefinition<"/embeddings"> = {
  kind: "embeddings",
  id: "openai-embeddings",
  path: "/embeddings",
  peek,
  encodeHeaders: () => ({}),
  rules,
  loadRuleContext: loadTokenDecoder,
  stripReasoning: () => null,
  finishAnswer,
  mapUsage,
  encodeError: encodeOpenaiError,
  storedHistory: null,
  tokenCount: null,
};
