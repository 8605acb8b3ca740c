import { isUtf8 } from "node:buffer";
import type { JsonObject } from "@copilot-llm/model";
import { invalidField } from "../../body/fields.js";
import { isObject } from "../../body/json.js";
import { withoutMembers } from "../../body/rewrite.js";
import { emptyText } from "../../canonical/empty-text.js";

const imageTypes: ReadonlySet<string> = new Set(["image/jpeg", "image/png", "image/gif", "image/webp"]);
const documentFields = ["title", "context", "citations"] as const;

/** A document whose bytes stand in the body. */
export function isDocument({ source }: JsonObject): boolean {
  return isObject(source) && (source.type === "base64" || source.type === "text");
}

/**
 * The file in a form that the service takes: base64 is for PDF, text is a text source, an image is an image. Throws
 * `invalid_request` for what is none of them.
 */
export function fitDocument(block: JsonObject): JsonObject {
  const source = isObject(block.source) ? block.source : {};
  const given = typeof source.media_type === "string" ? source.media_type : "";
  const type = (given.split(";")[0] ?? "").trim().toLowerCase();
  if (source.type === "text")
    return given === "text/plain" ? block : { ...block, source: { ...source, media_type: "text/plain" } };
  if (type === "application/pdf") return given === type ? block : { ...block, source: { ...source, media_type: type } };
  if (imageTypes.has(type)) {
    return { ...withoutMembers(block, documentFields), type: "image", source: { ...source, media_type: type } };
  }
  const bytes = Buffer.from(typeof source.data === "string" ? source.data : "", "base64");
  if (!isUtf8(bytes)) {
    throw invalidField(
      "messages",
      `A file of the type ${given === "" ? "unknown" : given} cannot be read by this model; send a PDF, an image or text.`,
    );
  }
  const text = bytes.toString();
  const data = /\S/.test(text) ? text : emptyText;
  return { ...block, source: { type: "text", media_type: "text/plain", data } };
}
