import type { CatalogueModel, Wire } from "@copilot-llm/model";
import type { CanonicalRequest } from "../canonical/request.js";
import { loadTokenizer } from "./load-tokenizer.js";
import { measurePrompt } from "./measure-prompt.js";

export interface CountPromptOptions {
  /** The wire that the model would get the request on. */
  readonly wire: Wire;
  readonly model: CatalogueModel;
  /** Awaited between slices of a few milliseconds' work, so that others can go on. */
  readonly pause: () => Promise<void>;
}

/** Merging takes time that grows with the square of a word's length, and a prompt may be one word. */
const sliceCharacters = 2048;

/**
 * How many input tokens the model would be charged for a request, counted here: rather a little more than the upstream
 * counts than less, because clients compact their history by it.
 */
export async function countPromptTokens(request: CanonicalRequest, options: CountPromptOptions): Promise<number> {
  const { wire, model, pause } = options;
  const { texts, otherTokens } = measurePrompt(request, wire, model);
  const tokenizer = await loadTokenizer(model);
  let textTokens = 0;
  let sincePause = 0;
  for (const text of texts) {
    for (const slice of slices(text)) {
      textTokens += tokenizer.countTokens(slice);
      sincePause += slice.length;
      if (sincePause < sliceCharacters) continue;
      sincePause = 0;
      await pause();
    }
  }
  return Math.ceil(textTokens * vocabularyFactor(model)) + otherTokens;
}

/** Pieces of a text, none of which ends inside a surrogate pair. */
function* slices(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    let end = Math.min(start + sliceCharacters, text.length);
    const isHighSurrogate = (text.charCodeAt(end - 1) & 0xfc00) === 0xd800;
    if (end < text.length && isHighSurrogate) end -= 1;
    yield text.slice(start, end);
    start = end;
  }
}

/**
 * The catalogue names OpenAI's vocabulary for every model. Others divide text more finely: Anthropic's by up to a third;
 * OpenAI's own get what its hidden framing of tools and roles may add.
 */
function vocabularyFactor({ vendor }: CatalogueModel): number {
  if (vendor === "Anthropic") return 1.35;
  return /openai/i.test(vendor) ? 1.05 : 1.2;
}
