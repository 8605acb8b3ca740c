type Respelling = (modelId: string) => string;

/**
 * Each changes one thing: the date suffix, the version's dash or dot, marks of the long context, of thinking, of effort
 * (docs/copilot-service.md#model-names).
 */
const respellings: readonly Respelling[] = [
  (id) => id.replace(/\[1m\]$/i, ""),
  (id) => id.replace(/-(?:19|20)\d{6}(?=$|-)/, ""),
  (id) => id.replace(/(?<![\d.]|\d-)(\d{1,2})-(\d{1,2})(?![\d.])/, "$1.$2"),
  (id) => id.replace(/(?<![\d.]|\d-)(\d{1,2})\.(\d{1,2})(?![\d.])/, "$1-$2"),
  (id) => id.replace(/-thinking$/, ""),
  (id) => id.replace(/-1m$/i, ""),
  (id) => id.replace(/-(?:low|medium|high|xhigh)$/, ""),
];

/** Enough for every combination in a real name; keeps a made-up name from multiplying. */
const maxCandidates = 64;

/**
 * Other spellings under which a catalogue may hold the model, the least changed first; the id itself is not among them.
 * The caller asks for the exact id first and takes the first candidate that exists: nothing is matched by prefix.
 */
export function spellingCandidates(modelId: string): string[] {
  const candidates = [modelId];
  for (let index = 0; index < candidates.length && candidates.length < maxCandidates; index += 1) {
    const base = candidates[index] ?? "";
    for (const respell of respellings) {
      const candidate = respell(base);
      if (candidate !== "" && !candidates.includes(candidate)) candidates.push(candidate);
    }
  }
  return candidates.slice(1);
}
