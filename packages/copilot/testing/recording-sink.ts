import type { ByteSink, ByteStream, GatewayError } from "@copilot-llm/model";
import { createSignal } from "./signal.js";

export interface RecordingSink extends ByteSink {
  text(): string;
  readonly chunkSizes: readonly number[];
  /** Resolves with the first chunk's arrival. */
  readonly started: Promise<void>;
  /** How the body ended: null for a proper end. */
  readonly ended: Promise<GatewayError | null>;
}

/** Keeps what it gets. `accept` decides what `write` returns; default: always more. */
export function createRecordingSink(accept: () => boolean = () => true): RecordingSink {
  const chunks: Uint8Array[] = [];
  const chunkSizes: number[] = [];
  const started = createSignal<void>();
  const ended = createSignal<GatewayError | null>();
  return {
    text: () => Buffer.concat(chunks).toString("utf8"),
    chunkSizes,
    started: started.promise,
    ended: ended.promise,
    write(chunk) {
      chunks.push(chunk);
      chunkSizes.push(chunk.length);
      started.resolve();
      return accept();
    },
    end: () => ended.resolve(null),
    fail: (error) => ended.resolve(error),
  };
}

/** Starts the stream into a fresh sink. */
export function record(stream: ByteStream): RecordingSink {
  const sink = createRecordingSink();
  stream.start(sink);
  return sink;
}
