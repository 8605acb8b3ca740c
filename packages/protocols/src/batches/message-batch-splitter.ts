import { GatewayError } from "@copilot-llm/model";
import { isObject } from "../body/json.js";
import { problemOfCustomId } from "./custom-id.js";
import { JsonArraySplitter } from "./json-array-splitter.js";
import { locateMember } from "./locate-member.js";

/** A request of a message batch: `params` stand in the range of the body's bytes, as they will be sent. */
export interface MessageBatchRequest {
  readonly customId: string;
  readonly offset: number;
  readonly length: number;
}

/**
 * Reads the body of `POST /v1/messages/batches` as it comes in: no more than one of its requests is held at a time. Only
 * what makes a batch of it is looked at; a request that no model takes fails by itself.
 */
export class MessageBatchSplitter {
  readonly #splitter: JsonArraySplitter;
  readonly #customIds = new Set<string>();

  constructor(limits: { readonly maxRequestBytes: number; readonly maxItems: number }) {
    this.#splitter = new JsonArraySplitter("requests", limits.maxRequestBytes, limits.maxItems);
  }

  /** The requests that are whole with this chunk. Throws `invalid_request` or `request_too_large`. */
  push(chunk: Uint8Array): readonly MessageBatchRequest[] {
    return this.#splitter.push(chunk).map(({ offset, bytes, index }) => {
      const { customId, range } = this.#read(bytes, `requests.${index}`);
      return { customId, offset: offset + range.offset, length: range.length };
    });
  }

  /** To be called when the body is whole. Throws `invalid_request` where it is none, or without a request. */
  end(): void {
    this.#splitter.end();
    if (this.#customIds.size === 0) throw refused("requests", "must have at least one request");
  }

  #read(bytes: Uint8Array, at: string) {
    const value = parse(bytes, at);
    const { custom_id: customId, params } = value;
    const problem = problemOfCustomId(customId);
    if (typeof customId !== "string" || problem !== null) {
      throw new GatewayError("invalid_request", `\`${at}\`: ${problem ?? ""}`, { param: `${at}.custom_id` });
    }
    if (this.#customIds.has(customId)) throw refused(`${at}.custom_id`, `\`${customId}\` stands there twice`);
    this.#customIds.add(customId);
    const range = locateMember(bytes, "params");
    if (!isObject(params) || range === null) throw refused(`${at}.params`, "must be an object: the request");
    if (params.stream === true) throw refused(`${at}.params.stream`, "must not be true in a batch");
    return { customId, range };
  }
}

function parse(bytes: Uint8Array, at: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString());
    if (isObject(value)) return value;
  } catch {
    // As for what is no object.
  }
  throw refused(at, "is not a JSON object");
}

function refused(param: string, problem: string): GatewayError {
  return new GatewayError("invalid_request", `\`${param}\`: ${problem}.`, { param });
}
