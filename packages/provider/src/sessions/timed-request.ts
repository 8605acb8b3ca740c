import type { RecordedRequest } from "@copilot-llm/stores";
import { splitChunkTimes, type TimedChunk } from "../serve/chunk-times.js";

/** A recorded request with its bodies as the client sent and got them. */
export interface TimedRequest extends RecordedRequest {
  /** When the chunks of its stream went out; null where that was not kept. */
  readonly chunks: readonly TimedChunk[] | null;
}

/** What is stored behind a stream's body is its chunks' times. */
export function splitTimes({ record, bodies }: RecordedRequest): TimedRequest {
  if (bodies === null) return { record, bodies, chunks: null };
  const { body, chunks } = splitChunkTimes(bodies.response);
  return { record, bodies: { ...bodies, response: body }, chunks };
}
