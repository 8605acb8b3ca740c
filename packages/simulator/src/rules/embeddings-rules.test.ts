import { describeRules } from "../../testing/describe-rules.js";
import { embeddingsRules } from "./embeddings-rules.js";

const texts = (count: number) => ({ input: Array.from({ length: count }, String), dimensions: 1 });

describeRules("/embeddings", embeddingsRules, {
  "embeddings-input": ["text", [1, 2], [[1]], []].map((input) => ({
    refused: { input },
    accepted: { input: ["text"] },
    says: "Bad Request",
  })),
  "embeddings-too-many-inputs": {
    refused: texts(513),
    accepted: texts(512),
    says: "at most 512 inputs are allowed",
    code: "invalid_request_body",
  },
});
