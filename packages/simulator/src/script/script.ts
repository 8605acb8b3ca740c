import type { Quirks } from "../quirks.js";
import type { StreamBreakage } from "../wires/scripted-reply.js";

/** A part of an answer before it is fitted to the request. */
export type PlannedPart =
  | { readonly type: "text" | "refusal"; readonly text: string }
  | { readonly type: "reasoning"; readonly text: string; readonly isRedacted?: boolean }
  /** `tool` undefined: the first tool offered. `argumentsText` undefined: made up from the tool's schema. */
  | { readonly type: "tool-call"; readonly tool: string | undefined; readonly argumentsText: string | undefined };

/** What one user message asks the model to do: one step for each answer until the next user message. */
export interface Script {
  readonly steps: readonly (readonly PlannedPart[])[];
  /** Ends as if the output limit was reached. */
  readonly endsByLength: boolean;
  readonly chunkSize: number | undefined;
  readonly chunkDelayMs: number | undefined;
  readonly firstByteDelayMs: number | undefined;
  readonly splitBytes: number | undefined;
  readonly splitsPairs: boolean;
  readonly breakage: StreamBreakage | undefined;
  readonly quirks: Partial<Quirks>;
  /** Name of a fault preset that answers instead. */
  readonly fault: string | undefined;
}
