import { GatewayError } from "@copilot-llm/model";
import * as z from "zod";
import type { ChatImage } from "../chat/chat-request.js";

/** An image as a tool takes it: a `data:` URL, or the content block by which MCP itself carries images. */
export const imageSchema = z.union([
  z.string().describe("data:image/png;base64,…"),
  z.strictObject({
    type: z.literal("image").optional(),
    data: z.string().describe("Base64"),
    mimeType: z.string().optional(),
  }),
]);

const dataUrl = /^data:(?:[^;,]*)(?:;[^;,]*)*;base64,/i;
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;
const signatures: readonly (readonly [mediaType: string, pattern: RegExp])[] = [
  ["image/png", /^.PNG\r\n/s],
  ["image/jpeg", /^\xff\xd8\xff/],
  ["image/gif", /^GIF8[79]a/],
  ["image/webp", /^RIFF.{4}WEBP/s],
];

/** Reads the type from the bytes, whatever the caller said. Throws `invalid_request`, saying what is wanted. */
export function parseImage(image: z.infer<typeof imageSchema>, index: number): ChatImage {
  const invalid = (problem: string): GatewayError =>
    new GatewayError("invalid_request", `images[${index}]: ${problem}`, { param: `images.${index}` });
  if (typeof image === "string" && !dataUrl.test(image)) {
    throw invalid('images are not fetched; give the bytes as "data:image/png;base64,…" or {"data": base64}.');
  }
  const data = (typeof image === "string" ? image.replace(dataUrl, "") : image.data).replace(/\s+/g, "");
  if (!base64.test(data)) throw invalid("the data is not base64.");
  const head = Buffer.from(data.slice(0, 24), "base64").toString("latin1");
  const known = signatures.find(([, pattern]) => pattern.test(head));
  if (known === undefined) throw invalid("this is no PNG, JPEG, GIF or WebP image.");
  return { mediaType: known[0], base64: data };
}
