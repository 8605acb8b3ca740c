import type { CatalogueModel } from "@copilot-llm/model";
import type { PooledToken } from "./pooled-token.js";

interface Entry {
  readonly model: CatalogueModel;
  readonly tokenIds: readonly string[];
  /** One for each way in which the tokens' accounts bill the model. */
  readonly billed: readonly CatalogueModel[];
}

/** The union of the usable tokens' catalogues, built when first asked for after a change. Resting tokens count. */
export class CatalogueIndex {
  readonly #tokens: ReadonlyMap<string, PooledToken>;
  #union: ReadonlyMap<string, Entry> | null = null;
  #models: readonly CatalogueModel[] | null = null;
  #usable: readonly PooledToken[] | null = null;

  constructor(tokens: ReadonlyMap<string, PooledToken>) {
    this.#tokens = tokens;
  }

  invalidate(): void {
    this.#union = null;
    this.#models = null;
    this.#usable = null;
  }

  /** The usable tokens, in the order of adding: a pool may hold many more that serve nothing. */
  get usable(): readonly PooledToken[] {
    this.#usable ??= this.#pick(this.#tokens.keys());
    return this.#usable;
  }

  models(onlyTokenIds: readonly string[] | null): readonly CatalogueModel[] {
    if (onlyTokenIds !== null) return modelsOf(unite(this.#pick(onlyTokenIds)));
    this.#models ??= modelsOf(this.#all());
    return this.#models;
  }

  find(modelId: string, onlyTokenIds: readonly string[] | null): CatalogueModel | null {
    if (onlyTokenIds === null) return this.#all().get(modelId)?.model ?? null;
    let best: CatalogueModel | null = null;
    for (const token of this.#pick(onlyTokenIds)) best = better(best, token.model(modelId));
    return best;
  }

  billed(modelId: string, onlyTokenIds: readonly string[] | null): readonly CatalogueModel[] {
    const union = onlyTokenIds === null ? this.#all() : unite(this.#pick(onlyTokenIds), modelId);
    return union.get(modelId)?.billed ?? [];
  }

  tokensWith(modelId: string): readonly string[] {
    return this.#all().get(modelId)?.tokenIds ?? [];
  }

  #all(): ReadonlyMap<string, Entry> {
    this.#union ??= unite(this.usable);
    return this.#union;
  }

  /** Usable ones only, in the order of adding. */
  #pick(tokenIds: Iterable<string>): readonly PooledToken[] {
    const picked: PooledToken[] = [];
    for (const id of new Set(tokenIds)) {
      const token = this.#tokens.get(id);
      if (token?.isUsable === true) picked.push(token);
    }
    return picked.sort((a, b) => a.order - b.order);
  }
}

/** Of all models, or of the one. */
function unite(tokens: readonly PooledToken[], onlyModelId?: string): ReadonlyMap<string, Entry> {
  const union = new Map<string, { model: CatalogueModel; tokenIds: string[]; billed: CatalogueModel[] }>();
  for (const token of tokens) {
    for (const model of token.catalogue.values()) {
      if (!model.enabled || (onlyModelId !== undefined && model.id !== onlyModelId)) continue;
      const entry = union.get(model.id);
      if (entry === undefined) {
        union.set(model.id, { model, tokenIds: [token.id], billed: [model] });
      } else {
        entry.model = better(entry.model, model) ?? entry.model;
        entry.tokenIds.push(token.id);
        if (!entry.billed.some((other) => isBilledAlike(other, model))) entry.billed.push(model);
      }
    }
  }
  return union;
}

function isBilledAlike(one: CatalogueModel, other: CatalogueModel): boolean {
  return one.billing === other.billing || JSON.stringify(one.billing) === JSON.stringify(other.billing);
}

function modelsOf(union: ReadonlyMap<string, Entry>): readonly CatalogueModel[] {
  return Array.from(union.values(), (entry) => entry.model);
}

/** The one that can do more: the larger context, then more wires; the first of equals. */
function better(known: CatalogueModel | null, next: CatalogueModel | null): CatalogueModel | null {
  if (known === null || next === null) return known ?? next;
  const context = (next.contextWindowTokens ?? 0) - (known.contextWindowTokens ?? 0);
  if (context !== 0) return context > 0 ? next : known;
  return next.wires.length > known.wires.length ? next : known;
}
