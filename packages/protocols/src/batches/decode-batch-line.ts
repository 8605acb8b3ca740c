import type { BatchProblem } from "@copilot-llm/model";
import { isObject } from "../body/json.js";
import type { BatchEndpoint } from "./batch-endpoint.js";
import { problemOfCustomId } from "./custom-id.js";
import { type ByteRange, locateMember } from "./locate-member.js";

/** A line of a batch's file: the request stands in the range of its bytes, as it will be sent. */
export interface BatchLine {
  readonly customId: string;
  readonly model: string;
  readonly body: ByteRange;
}

export type DecodedLine =
  | { readonly ok: true; readonly line: BatchLine }
  | { readonly ok: false; readonly problem: Omit<BatchProblem, "line"> };

/** Reads a line of the file of one of OpenAI's batches, or says what is wrong with it. */
export function decodeBatchLine(bytes: Uint8Array, endpoint: BatchEndpoint): DecodedLine {
  const value = readJson(bytes);
  if (!isObject(value)) return wrong("invalid_json_line", "This line is not parseable as a JSON object.", null);
  const { custom_id: customId, method, url, body } = value;
  const idProblem = problemOfCustomId(customId);
  if (typeof customId !== "string" || idProblem !== null) {
    return wrong(customId === undefined ? missing : "invalid_value", idProblem ?? "", "custom_id");
  }
  if (method !== "POST") return wrong("invalid_method", "`method` must be `POST`.", "method");
  if (url !== endpoint.url) {
    return wrong("invalid_url", `\`url\` must be the batch's own endpoint, \`${endpoint.url}\`.`, "url");
  }
  const range = locateMember(bytes, "body");
  if (!isObject(body) || range === null) return wrong(missing, "`body` must be an object: the request.", "body");
  const { model, stream } = body;
  if (typeof model !== "string" || model === "") return wrong(missing, "`body.model` must name a model.", "body.model");
  if (stream === true) return wrong("invalid_value", "`body.stream` must not be true in a batch.", "body.stream");
  return { ok: true, line: { customId, model, body: range } };
}

const missing = "missing_required_parameter";

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString());
  } catch {
    return undefined;
  }
}

function wrong(code: string, message: string, param: string | null): DecodedLine {
  return { ok: false, problem: { code, message, param } };
}
