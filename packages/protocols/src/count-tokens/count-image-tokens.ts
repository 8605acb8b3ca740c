import type { CatalogueModel } from "@copilot-llm/model";
import type { ImagePart } from "../canonical/part.js";
import { type ImageSize, readImageSize } from "./read-image-size.js";

/** Assumed where the size cannot be read (an image by URL, an unknown format): nothing costs more. */
const largest: ImageSize = { width: 2048, height: 2048 };

/** What an image costs, by the published rule of the model's family and never less than its smallest charge. */
export function countImageTokens(image: ImagePart, model: Pick<CatalogueModel, "id" | "vendor">): number {
  const size = (image.source.kind === "base64" ? readImageSize(image.source.data) : null) ?? largest;
  if (model.vendor === "Anthropic") return countByArea(size);
  if (/-(?:mini|nano)\b/.test(model.id)) return countByPatches(size, model.id.includes("nano") ? 2.46 : 1.72);
  return countByTiles(image.detail === "low" ? { width: 1, height: 1 } : size);
}

/** OpenAI's larger models: fit into 2048 x 2048, shortest side 768, then 170 for each tile of 512 and 85 for all. */
function countByTiles(size: ImageSize): number {
  const fitted = scale(size, 2048 / Math.max(size.width, size.height));
  const { width, height } = scale(fitted, 768 / Math.min(fitted.width, fitted.height));
  return 85 + 170 * Math.ceil(width / 512) * Math.ceil(height / 512);
}

/** OpenAI's small models: at most 1536 patches of 32 x 32, times the model's factor. */
function countByPatches({ width, height }: ImageSize, factor: number): number {
  return Math.ceil(Math.min(1536, Math.ceil(width / 32) * Math.ceil(height / 32)) * factor) + 85;
}

/** Anthropic's: a token for 750 pixels, after the longest side was brought to 1568; no image costs more than 1,600. */
function countByArea(size: ImageSize): number {
  const { width, height } = scale(size, 1568 / Math.max(size.width, size.height));
  return Math.max(85, Math.min(1600, Math.ceil((width * height) / 750)));
}

/** Only ever smaller. */
function scale({ width, height }: ImageSize, factor: number): ImageSize {
  return factor >= 1 ? { width, height } : { width: width * factor, height: height * factor };
}
