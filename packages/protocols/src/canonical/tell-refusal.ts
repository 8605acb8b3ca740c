import type { CanonicalEvent } from "./event.js";
import type { CanonicalResponse } from "./response.js";

/** What the client reads when the model declined without a word. */
const words = "The model declined to answer.";

/** The answer with words for a refusal that has none: in OpenAI's protocols a refusal is its text. */
export function tellRefusal(response: CanonicalResponse): CanonicalResponse {
  const hasText = response.content.some(
    (part) => (part.type === "text" || part.type === "refusal") && part.text !== "",
  );
  if (response.finish.unified !== "refusal" || hasText) return response;
  return { ...response, content: [...response.content, { type: "refusal", text: words }] };
}

/** The same for a stream. */
export function createRefusalTeller(): (event: CanonicalEvent) => readonly CanonicalEvent[] {
  const id = "refusal";
  let hasText = false;
  return (event) => {
    hasText ||= event.type === "text-delta" && event.text !== "";
    if (event.type !== "finish" || event.finish.unified !== "refusal" || hasText) return [event];
    return [
      { type: "text-start", id, kind: "refusal" },
      { type: "text-delta", id, text: words },
      { type: "text-end", id },
      event,
    ];
  };
}
