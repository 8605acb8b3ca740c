import type { TokenUsage, UpstreamErrorInfo } from "@copilot-llm/model";

/** What a tap has learnt so far; the observers write it. */
export interface TapFacts {
  tokens: TokenUsage | null;
  nanoAiu: number | null;
  firstTokenSeen: boolean;
  /** The event that ends the stream was seen. */
  terminalSeen: boolean;
  /** The answer is complete although the terminal event may be missing. */
  finishSeen: boolean;
  errorSeen: UpstreamErrorInfo | null;
}

export function createTapFacts(): TapFacts {
  return {
    tokens: null,
    nanoAiu: null,
    firstTokenSeen: false,
    terminalSeen: false,
    finishSeen: false,
    errorSeen: null,
  };
}
