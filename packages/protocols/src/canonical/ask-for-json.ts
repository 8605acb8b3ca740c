/** Asks in words for what `json_object` asks for, of models that have no JSON mode. Always the same, for the prompt cache. */
export const askForJson = "Answer with a single JSON object and nothing else.";
