import type { CanonicalEvent } from "./event.js";
import type { CanonicalResponse } from "./response.js";

/** What the client reads when the model declined. */
const words = "The model declined to answer.";

/**
 * The answer with a refusal at its end, unless it holds one: in OpenAI's protocols a refusal is its text. What the model
 * said before it declined stays what it is, because in a stream it cannot be taken back.
 */
export function tellRefusal(response: CanonicalResponse): CanonicalResponse {
  const isTold = response.content.some((part) => part.type === "refusal" && part.text !== "");
  if (response.finish.unified !== "refusal" || isTold) return response;
  return { ...response, content: [...response.content, { type: "refusal", text: words }] };
}

/** The same for a stream. */
export function createRefusalTeller(): (event: CanonicalEvent) => readonly CanonicalEvent[] {
  const id = "refusal";
  let isTold = false;
  return (event) => {
    isTold ||= event.type === "text-start" && event.kind === "refusal";
    if (event.type !== "finish" || event.finish.unified !== "refusal" || isTold) return [event];
    return [
      { type: "text-start", id, kind: "refusal" },
      { type: "text-delta", id, text: words },
      { type: "text-end", id },
      event,
    ];
  };
}
