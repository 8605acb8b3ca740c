import type { RequestRecord } from "@copilot-llm/model";
import { roundUnits } from "../../budget/charge-sum.js";
import type { SessionSummary } from "../../interfaces/sessions.js";
import type { LogPosition } from "../../segment-log/log-position.js";
import { outcomeNumber, type RecordColumns } from "./record-columns.js";

const failed = outcomeNumber("failed");

/** Adds up one session's rows, which must come latest first. */
export class SessionSums {
  #firstAtMs = Number.POSITIVE_INFINITY;
  #lastAtMs = Number.NEGATIVE_INFINITY;
  #errors = 0;
  #inputTokens = 0;
  #outputTokens = 0;
  #premiumUnits = 0;
  #nanoAiu = 0;
  readonly #models = new Set<string>();
  readonly #tokenAliases = new Set<string>();
  readonly #positions: LogPosition[] = [];

  /** Latest first. */
  get positions(): readonly LogPosition[] {
    return this.#positions;
  }

  add({ columns, dictionary }: RecordColumns, row: number, position: LogPosition): void {
    const startedAtMs = columns.startedAtMs[row] ?? 0;
    this.#firstAtMs = Math.min(this.#firstAtMs, startedAtMs);
    this.#lastAtMs = Math.max(this.#lastAtMs, startedAtMs);
    this.#errors += columns.outcome[row] === failed ? 1 : 0;
    this.#inputTokens += columns.inputTokens[row] ?? 0;
    this.#outputTokens += columns.outputTokens[row] ?? 0;
    this.#premiumUnits += columns.premiumUnits[row] ?? 0;
    this.#nanoAiu += columns.nanoAiu[row] ?? 0;
    const model = dictionary.models[columns.model[row] ?? 0];
    const token = dictionary.tokens[columns.token[row] ?? 0];
    if (model !== undefined && model.id !== "") this.#models.add(model.id);
    if (token !== undefined && token.id !== "") this.#tokenAliases.add(token.label);
    this.#positions.push(position);
  }

  summary(latest: RequestRecord): SessionSummary {
    return {
      id: latest.conversationId,
      firstAtMs: this.#firstAtMs,
      lastAtMs: this.#lastAtMs,
      requests: this.#positions.length,
      errors: this.#errors,
      inputTokens: this.#inputTokens,
      outputTokens: this.#outputTokens,
      premiumUnits: roundUnits(this.#premiumUnits),
      nanoAiu: this.#nanoAiu,
      models: [...this.#models],
      tokenAliases: [...this.#tokenAliases],
      latest,
    };
  }
}
