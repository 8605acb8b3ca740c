import type { AnswerForm } from "./answers.js";

/** What the benchmark asks of its fake upstream. */
export type UpstreamQuestion = { readonly ask: "answer"; readonly form: AnswerForm } | { readonly ask: "counts" };

/** Calls since they were last asked for. */
export interface UpstreamCounts {
  readonly modelCalls: number;
  readonly controlCalls: number;
}
