import { type Clock, LatestMap } from "@copilot-llm/model";

const maxModels = 500;
const rememberedMs = 60 * 60_000;

/**
 * Parameters that models refused although no rule says so: they are left out from then on, so that a refusal costs one
 * request and not every one. Forgotten after an hour, when the model may take them.
 */
export class RefusedParameters {
  readonly #clock: Pick<Clock, "nowMs">;
  readonly #models = new LatestMap<string, ReadonlyMap<string, number>>(maxModels);

  constructor(clock: Pick<Clock, "nowMs">) {
    this.#clock = clock;
  }

  of(modelId: string): readonly string[] {
    const refused = this.#models.get(modelId);
    if (refused === undefined) return [];
    const nowMs = this.#clock.nowMs();
    return [...refused].filter(([, untilMs]) => untilMs > nowMs).map(([name]) => name);
  }

  note(modelId: string, names: readonly string[]): void {
    if (names.length === 0) return;
    const untilMs = this.#clock.nowMs() + rememberedMs;
    const known = this.of(modelId).map((name) => [name, this.#models.get(modelId)?.get(name) ?? untilMs] as const);
    this.#models.set(modelId, new Map([...known, ...names.map((name) => [name, untilMs] as const)]));
  }
}
