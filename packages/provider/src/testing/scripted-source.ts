import type { ByteSink, ByteStream, GatewayError } from "@copilot-llm/model";

/** A body that a test pushes by hand, with what was asked of it. */
export class ScriptedSource implements ByteStream {
  #sink: ByteSink | null = null;
  resumed = 0;
  aborted = false;

  start(sink: ByteSink): void {
    this.#sink = sink;
  }

  get isStarted(): boolean {
    return this.#sink !== null;
  }

  resume(): void {
    this.resumed += 1;
  }

  abort(): void {
    this.aborted = true;
  }

  push(text: string): boolean {
    return this.#sink?.write(Buffer.from(text)) ?? false;
  }

  end(): void {
    this.#sink?.end();
  }

  fail(error: GatewayError): void {
    this.#sink?.fail(error);
  }
}

/** A consumer that keeps what it got. */
export class CollectingSink implements ByteSink {
  text = "";
  ended = false;
  full = false;

  write(chunk: Uint8Array): boolean {
    this.text += Buffer.from(chunk).toString();
    return !this.full;
  }

  end(): void {
    this.ended = true;
  }

  fail(): void {
    throw new Error("a recorded stream ends properly, it never fails");
  }
}
