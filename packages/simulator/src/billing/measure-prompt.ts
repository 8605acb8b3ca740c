import { isJsonObject } from "../json-value.js";

/** UTF-16 units that make one token. Coarser than real tokenizers, so that an honest local count is never below ours. */
export const charactersPerToken = 5;
/** Tokens charged for an image, whatever its size. */
const tokensPerImage = 85;
const overheadTokensPerSegment = 3;

/** A stretch of the prompt that caches as a whole: the tools, the system prompt, or one message. */
export interface PromptSegment {
  /** All the segment's text, for the cache's hash. */
  readonly text: string;
  readonly tokens: number;
  /** The client put a cache breakpoint inside. */
  readonly breakpoint: boolean;
}

/** Tokens of a plain text. */
export function countTextTokens(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

/** Measures one part of a request body. Cache markers and image bytes do not count as text. */
export function measureSegment(value: unknown): PromptSegment {
  const pieces: string[] = [];
  let images = 0;
  let breakpoint = false;

  const visit = (node: unknown, key: string): void => {
    if (typeof node === "string") {
      if (isImageData(node, key)) {
        images += 1;
        pieces.push(`${node.length}:${node.slice(-64)}`);
      } else {
        pieces.push(node);
      }
    } else if (typeof node === "number" || typeof node === "boolean") {
      pieces.push(String(node));
    } else if (Array.isArray(node)) {
      for (const item of node) visit(item, key);
    } else if (isJsonObject(node)) {
      for (const name of Object.keys(node)) {
        if (name === "cache_control" || name === "copilot_cache_control") breakpoint = true;
        // Without types a text is the same prompt as a string and as a list of one text block.
        else if (name !== "type") visit(node[name], name);
      }
    }
  };
  visit(value, "");

  const text = pieces.join("\u0000");
  const tokens = countTextTokens(text) + images * tokensPerImage + overheadTokensPerSegment;
  return { text, tokens, breakpoint };
}

function isImageData(text: string, key: string): boolean {
  return text.startsWith("data:image/") || (key === "data" && text.length > 32);
}
