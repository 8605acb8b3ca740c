import { expect, test } from "vitest";
import type { ImagePart } from "../canonical/part.js";
import { countImageTokens } from "./count-image-tokens.js";

function image(width: number, height: number, detail: string | null = null): ImagePart {
  const bytes = Buffer.alloc(24);
  bytes.write("\x89PNG\r\n\x1a\n", 0, "latin1");
  bytes.write("IHDR", 12, "latin1");
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  const source = { kind: "base64", mediaType: "image/png", data: bytes.toString("base64") } as const;
  return { type: "image", source, detail, cache: null };
}

const models = {
  large: { id: "gpt-4o", vendor: "Azure OpenAI" },
  mini: { id: "gpt-5-mini", vendor: "Azure OpenAI" },
  claude: { id: "claude-sonnet-4", vendor: "Anthropic" },
};

test.each([
  ["large", image(1024, 1024), 765],
  ["large", image(2048, 4096), 1105],
  ["large", image(10, 10), 255],
  ["large", image(4096, 4096, "low"), 255],
  ["mini", image(1024, 1024), Math.ceil(1024 * 1.72) + 85],
  ["mini", image(8000, 8000), Math.ceil(1536 * 1.72) + 85],
  ["claude", image(1092, 1092), 1590],
  ["claude", image(8000, 8000), 1600],
  ["claude", image(20, 20), 85],
] as const)("for a %s model", (model, part, tokens) => {
  expect(countImageTokens(part, models[model])).toBe(tokens);
});

test.each(["large", "mini", "claude"] as const)("an image by URL costs a %s model as much as any", (model) => {
  const byUrl: ImagePart = { ...image(1, 1), source: { kind: "url", url: "https://example.com/a.png" } };
  const largest = countImageTokens(image(8192, 8192), models[model]);
  expect(countImageTokens(byUrl, models[model])).toBe(largest);
});
