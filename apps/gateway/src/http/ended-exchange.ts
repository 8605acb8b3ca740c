import type { ErrorCode } from "@copilot-llm/model";

/** One HTTP request whose answer has ended, however it ended. */
export interface EndedExchange {
  readonly method: string;
  /** As it was registered, such as `/api/admin/api-keys/:id`; null where nothing answers. */
  readonly route: string | null;
  readonly status: number;
  readonly errorCode: ErrorCode | null;
}

export type ObserveExchange = (exchange: EndedExchange) => void;
