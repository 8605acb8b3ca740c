import { encodeOpenaiError } from "../codec/encode-openai-error.js";
import type { EmbeddingsDefinition } from "../codec/protocol-definition.js";
import { finishAnswer } from "./finish-answer.js";
import { joinAnswers } from "./join-answers.js";
import { loadTokenDecoder } from "./load-token-decoder.js";
import { mapUsage } from "./map-usage.js";
import { peek } from "./peek.js";
import { rules } from "./rules.js";
import { splitBody } from "./split-body.js";

/** OpenAI's embeddings. No other protocol has them, and they never stream. */
export const openaiEmbeddings: EmbeddingsDefinition<"/embeddings"> = {
  kind: "embeddings",
  id: "openai-embeddings",
  path: "/embeddings",
  batchEndpoint: { api: "openai", url: "/v1/embeddings", operation: "embed" },
  answerField: "data",
  peek,
  encodeHeaders: () => ({}),
  dispensable: new Set(["user"]),
  rules,
  loadRuleContext: loadTokenDecoder,
  stripReasoning: () => null,
  splitBody,
  joinAnswers,
  finishAnswer,
  mapUsage,
  encodeError: encodeOpenaiError,
  storedHistory: null,
  tokenCount: null,
};
