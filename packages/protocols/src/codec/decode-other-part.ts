import type { JsonObject } from "@copilot-llm/model";
import { invalidField, optionalString, requiredString } from "../body/fields.js";
import { isObject } from "../body/json.js";
import { decodeMediaUrl } from "../canonical/data-url.js";
import type { FilePart, ImagePart, MediaSource, TextPart } from "../canonical/part.js";
import { readText } from "./read-text.js";

/**
 * A content part of a type that is not the protocol's own. Clients mix the APIs' shapes, so the parts of any of them are
 * understood; of a part that nobody knows the words are carried. Throws `invalid_request` for one without any.
 */
export function decodeOtherPart(part: JsonObject, at: string): TextPart | ImagePart | FilePart {
  switch (part.type) {
    case "text":
    case "input_text":
    case "output_text":
      return { type: "text", text: requiredString(part, "text", `${at}.`), cache: null };
    case "image_url":
    case "input_image":
    case "computer_screenshot":
      return decodeImage(part, at);
    case "image":
      return { type: "image", source: decodeSource(part, at), detail: null, cache: null };
    case "file":
      return decodeFile(isObject(part.file) ? part.file : part, at);
    case "input_file":
      return decodeFile(part, at);
    case "document":
      return decodeDocument(part, at);
    case "input_audio":
      throw invalidField(at, `\`${at}\` holds audio, which this model does not take; send text instead.`);
    default:
      return decodeWords(part, at);
  }
}

/** The words of a part or an item that nobody knows. Throws `invalid_request` when it holds none. */
export function decodeWords(part: JsonObject, at: string): TextPart {
  const text = readText(part);
  if (text !== "") return { type: "text", text, cache: null };
  const type = JSON.stringify(part.type ?? null);
  throw invalidField(at, `\`${at}\` is of the type ${type}, which this model does not take; send text instead.`);
}

function decodeImage(part: JsonObject, at: string): ImagePart {
  const image = isObject(part.image_url) ? part.image_url : part;
  const url = isObject(part.image_url)
    ? optionalString(image, "url", `${at}.image_url.`)
    : optionalString(part, "image_url", `${at}.`);
  const source =
    url === null ? ({ kind: "id", id: requiredString(part, "file_id", `${at}.`) } as const) : decodeMediaUrl(url);
  return { type: "image", source, detail: optionalString(image, "detail", `${at}.`), cache: null };
}

function decodeFile(file: JsonObject, at: string): FilePart {
  const url = optionalString(file, "file_data", `${at}.`) ?? optionalString(file, "file_url", `${at}.`);
  const id = optionalString(file, "file_id", `${at}.`);
  if (url === null && id === null)
    throw invalidField(at, `\`${at}\` needs \`file_data\`, \`file_url\` or \`file_id\`.`);
  const source = url === null ? ({ kind: "id", id: id ?? "" } as const) : decodeMediaUrl(url);
  return { type: "file", source, filename: optionalString(file, "filename", `${at}.`), cache: null };
}

function decodeDocument(part: JsonObject, at: string): TextPart | FilePart {
  const source = isObject(part.source) ? part.source : {};
  if (source.type === "text")
    return { type: "text", text: requiredString(source, "data", `${at}.source.`), cache: null };
  if (source.type === "content") return decodeWords({ type: part.type, content: source.content }, at);
  return {
    type: "file",
    source: decodeSource(part, at),
    filename: optionalString(part, "title", `${at}.`),
    cache: null,
  };
}

/** Anthropic's `source`. */
export function decodeSource(part: JsonObject, at: string): MediaSource {
  const source = isObject(part.source) ? part.source : {};
  if (source.type === "url") return { kind: "url", url: requiredString(source, "url", `${at}.source.`) };
  if (source.type === "file") return { kind: "id", id: requiredString(source, "file_id", `${at}.source.`) };
  if (source.type !== "base64") {
    throw invalidField(`${at}.source.type`, `\`${at}.source.type\` must be base64, url or file.`);
  }
  const data = requiredString(source, "data", `${at}.source.`);
  return { kind: "base64", mediaType: requiredString(source, "media_type", `${at}.source.`), data };
}
