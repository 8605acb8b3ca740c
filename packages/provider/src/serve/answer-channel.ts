import type { GatewayError } from "@copilot-llm/model";
import type { ItemIdPinner, StreamTranslator, TapResult, UsageTap } from "@copilot-llm/protocols";

/** What one step brought for the client. `bytes` is null when there is nothing to send yet. */
export interface ChannelOutput {
  readonly bytes: Uint8Array | null;
  readonly firstToken: boolean;
  /** The event that ends the client's stream is among the bytes. */
  readonly terminal: boolean;
  /** With `terminal`: where in the bytes that event begins. What stands before it may go to the client at once. */
  readonly terminalStart: number;
}

/** Turns the upstream's stream into the client's: unchanged, or translated. One per answer. */
export interface AnswerChannel {
  /** The same object may be handed out at every push: read it before the next one. */
  push(chunk: Uint8Array): ChannelOutput;
  /** The upstream has ended. */
  end(): ChannelOutput;
  /** The bytes that end a broken stream in the client's form; null when it has its end already. */
  closing(error: GatewayError): Uint8Array | null;
  /** After the end, or when the stream is given up. */
  result(): TapResult;
  /** True while the client waits for the rest of an event. */
  readonly midEvent: boolean;
}

const nothing: ChannelOutput = { bytes: null, firstToken: false, terminal: false, terminalStart: 0 };

/**
 * The client speaks the upstream's wire: every chunk goes on as it came, and a tap reads usage. With `pinner`, the wire
 * is Responses: whole lines go on, changed where an item's id does.
 */
export function createPassThroughChannel(
  tap: UsageTap,
  requestId: string,
  pinner: ItemIdPinner | null = null,
): AnswerChannel {
  const output: { -readonly [Name in keyof ChannelOutput]: ChannelOutput[Name] } = { ...nothing };
  let result: TapResult | null = null;
  const finish = (): TapResult => {
    result ??= tap.finish();
    return result;
  };
  const pass = (bytes: Uint8Array): ChannelOutput => {
    // What follows the end (a `[DONE]` after `message_stop`) is passed on unread.
    const signal = result === null ? tap.push(bytes) : nothing;
    output.bytes = bytes.length === 0 ? null : bytes;
    output.firstToken = signal.firstToken;
    output.terminal = signal.terminal;
    output.terminalStart = signal.terminalStart;
    return output;
  };
  return {
    push: (chunk) => pass(pinner === null ? chunk : pinner.push(chunk)),
    end() {
      const bytes = pinner === null ? null : pass(pinner.finish()).bytes;
      const { terminal, errorSeen } = finish();
      return { bytes, firstToken: false, terminal: terminal || errorSeen !== null, terminalStart: 0 };
    },
    closing: (error) => tap.closing(error, requestId),
    result: finish,
    get midEvent() {
      return tap.midEvent;
    },
  };
}

/** The client speaks another protocol than the upstream's wire. Only whole events go out. */
export function createTranslatingChannel(translator: StreamTranslator): AnswerChannel {
  return {
    push: (chunk) => translator.push(chunk),
    end: () => translator.finish(),
    closing: (error) => translator.closing(error),
    result: () => translator.result(),
    midEvent: false,
  };
}
