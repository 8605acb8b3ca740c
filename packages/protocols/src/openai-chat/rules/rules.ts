import { rewriteObjects, withMember, withoutMembers } from "../body/rewrite.js";
import { nearestEffort } from "../canonical/nearest-effort.js";
import { isSealed } from "../canonical/seal-reasoning.js";
import type { Quirk } from "../codec/quirk.js";

const takesCompletionTokensOnly = /^(?:gpt-[5-9]|o[1-9])/;

/** What the service's Chat endpoint refuses. */
export const quirks: readonly Quirk[] = [
  {
    // docs/copilot-service.md#max-completion-tokens
    name: "gpt-5-takes-max-completion-tokens",
    rewrite(body, { modelId }) {
      if (body.max_tokens === undefined || !takesCompletionTokensOnly.test(modelId)) return body;
      const limit = body.max_completion_tokens ?? body.max_tokens;
      return { ...withoutMembers(body, ["max_tokens"]), max_completion_tokens: limit };
    },
  },
  {
    name: "efforts-the-model-has",
    rewrite(body, { model }) {
      const { reasoning_effort: effort } = body;
      if (model === null || typeof effort !== "string") return body;
      return withMember(body, "reasoning_effort", nearestEffort(effort, model.supports.reasoningEfforts));
    },
  },
  {
    // docs/copilot-service.md#sealed-reasoning
    name: "reasoning-sealed-for-another-wire",
    rewrite(body) {
      const messages = rewriteObjects(body.messages, (message) => {
        const sealed = message.reasoning_opaque;
        return typeof sealed === "string" && isSealed(sealed)
          ? withoutMembers(message, ["reasoning_opaque", "reasoning_text"])
          : message;
      });
      return withMember(body, "messages", messages);
    },
  },
];
