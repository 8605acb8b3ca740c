import { type ApiKey, type CatalogueModel, GatewayError, type Protocol } from "@copilot-llm/model";
import type { Pool } from "@copilot-llm/pool";
import { closeMatches, spellingCandidates } from "@copilot-llm/protocols";
import { isModelAllowed } from "@copilot-llm/quota";

const suggestions = 3;

export interface ModelQuery {
  readonly asked: string;
  readonly protocol: Protocol;
  readonly key: ApiKey | null;
  /** Only these tokens' catalogues count; null means all. */
  readonly onlyTokenIds: readonly string[] | null;
  readonly aliases: Readonly<Record<string, string>>;
}

/** Which models there are, for whom, and by which names. */
export class ModelDirectory {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The models a key may use, by id. */
  list(key: ApiKey | null): readonly CatalogueModel[] {
    const models = this.#pool.models(key?.githubTokenIds ?? null);
    return models
      .filter((model) => key === null || isModelAllowed(key, model.id))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /**
   * The model that serves a name: the exact id, then a configured alias, then the same name in another spelling; never
   * a guess by prefix. Throws `model_not_found` or `permission_denied`, naming close matches; `unavailable` while no
   * token's catalogue is known.
   */
  resolve(query: ModelQuery): CatalogueModel {
    const models = new Map(this.#pool.models(query.onlyTokenIds).map((model) => [model.id, model]));
    const model = findModel(models, query.asked, query.aliases);
    if (model === undefined) throw this.#unknown(query, models);
    if (query.key !== null && !isModelAllowed(query.key, model.id)) {
      const allowed = this.list(query.key).map((item) => item.id);
      throw new GatewayError(
        "permission_denied",
        `This API key may not use the model \`${model.id}\`.${didYouMean(query.asked, allowed)}`,
        {
          param: "model",
        },
      );
    }
    return model;
  }

  /** One model by any of its names, as `resolve` finds it, but null when there is none for this key. */
  find(asked: string, key: ApiKey | null, aliases: Readonly<Record<string, string>>): CatalogueModel | null {
    const models = new Map(this.list(key).map((model) => [model.id, model]));
    return findModel(models, asked, aliases) ?? null;
  }

  #unknown(query: ModelQuery, models: ReadonlyMap<string, CatalogueModel>): GatewayError {
    if (models.size === 0) {
      return new GatewayError(
        "unavailable",
        "No GitHub token is ready to serve requests yet. Add one in the console, or look there why none is.",
        {
          retryAfterMs: 5_000,
        },
      );
    }
    const known = this.list(query.key).filter(
      (model) => (model.kind === "embeddings") === (query.protocol === "openai-embeddings"),
    );
    const hint = didYouMean(
      query.asked,
      known.map((model) => model.id),
    );
    return new GatewayError(
      "model_not_found",
      `The model \`${query.asked}\` does not exist or no token has it.${hint}`,
      { param: "model" },
    );
  }
}

function findModel(
  models: ReadonlyMap<string, CatalogueModel>,
  asked: string,
  aliases: Readonly<Record<string, string>>,
): CatalogueModel | undefined {
  const exact = models.get(asked);
  if (exact !== undefined) return exact;
  const alias = Object.hasOwn(aliases, asked) ? aliases[asked] : undefined;
  if (alias !== undefined && models.has(alias)) return models.get(alias);
  for (const spelling of spellingCandidates(asked)) {
    const model = models.get(spelling);
    if (model !== undefined) return model;
  }
  return undefined;
}

function didYouMean(asked: string, known: readonly string[]): string {
  const matches = closeMatches(asked, known, suggestions);
  return matches.length === 0 ? "" : ` Did you mean ${matches.map((id) => `\`${id}\``).join(", ")}?`;
}
