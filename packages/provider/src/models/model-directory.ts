import { type ApiKey, type CatalogueModel, GatewayError, type Protocol } from "@copilot-llm/model";
import type { Pool } from "@copilot-llm/pool";
import { closeMatches, isForProtocol, spellingCandidates } from "@copilot-llm/protocols";
import { isModelAllowed } from "@copilot-llm/quota";

const maxSuggestions = 3;

type ModelAliases = Readonly<Record<string, string>>;

export interface ModelQuery {
  readonly asked: string;
  readonly protocol: Protocol;
  readonly key: ApiKey | null;
  /** Only these tokens' catalogues count; null means all. */
  readonly onlyTokenIds: readonly string[] | null;
  readonly aliases: ModelAliases;
}

/** A model, and how a name leads to it. */
export interface NamedModel {
  readonly model: CatalogueModel;
  readonly via: "id" | "alias" | "spelling";
}

/** Which models there are, for whom, and by which names. */
export class ModelDirectory {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The models a key may use, by id. */
  list(key: ApiKey | null): readonly CatalogueModel[] {
    return this.#pool
      .models(key?.githubTokenIds ?? null)
      .filter((model) => key === null || isModelAllowed(key, model.id))
      .sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  /** One model by any of its names; null when there is none for this key. */
  find(asked: string, key: ApiKey | null, aliases: ModelAliases): CatalogueModel | null {
    const model = this.#named(asked, key?.githubTokenIds ?? null, aliases)?.model ?? null;
    return model !== null && (key === null || isModelAllowed(key, model.id)) ? model : null;
  }

  /** The model behind a name for whoever may use all, and how the name leads to it; null when there is none. */
  lookUp(asked: string, aliases: ModelAliases): NamedModel | null {
    return this.#named(asked, null, aliases);
  }

  /**
   * The model that serves a name: the exact id, then a configured alias, then the same name in another spelling; never
   * a guess by prefix. Throws `model_not_found` or `permission_denied`, naming close matches; `unavailable` while no
   * token's catalogue is known.
   */
  resolve(query: ModelQuery): CatalogueModel {
    const { asked, key } = query;
    const model = this.#named(asked, query.onlyTokenIds, query.aliases)?.model;
    if (model === undefined) throw this.#unknown(query);
    if (key === null || isModelAllowed(key, model.id)) return model;
    const hint = didYouMean(asked, this.list(key));
    throw new GatewayError("permission_denied", `This API key may not use the model \`${model.id}\`.${hint}`, {
      param: "model",
    });
  }

  #named(asked: string, onlyTokenIds: readonly string[] | null, aliases: ModelAliases): NamedModel | null {
    const find = (id: string): CatalogueModel | null => this.#pool.findModel(id, onlyTokenIds);
    const exact = find(asked);
    if (exact !== null) return { model: exact, via: "id" };
    const target = targetOf(asked, aliases);
    const aliased = target === null ? null : (find(target) ?? findSpelled(target, find));
    if (aliased !== null) return { model: aliased, via: "alias" };
    const spelled = findSpelled(asked, find);
    return spelled === null ? null : { model: spelled, via: "spelling" };
  }

  #unknown(query: ModelQuery): GatewayError {
    if (this.#pool.models(query.onlyTokenIds).length === 0) {
      return new GatewayError("unavailable", "No GitHub token is ready to serve requests. The console says why.", {
        retryAfterMs: 5_000,
      });
    }
    const fitting = this.list(query.key).filter((model) => isForProtocol(model, query.protocol));
    const target = targetOf(query.asked, query.aliases);
    const wanted =
      target === null ? `a model \`${query.asked}\`` : `\`${target}\`, for which \`${query.asked}\` stands`;
    const hint = didYouMean(target ?? query.asked, fitting);
    return new GatewayError("model_not_found", `No GitHub token has ${wanted}.${hint}`, { param: "model" });
  }
}

/** What a configured alias stands for; null when the name is none. */
function targetOf(asked: string, aliases: ModelAliases): string | null {
  return Object.hasOwn(aliases, asked) ? (aliases[asked] ?? null) : null;
}

function findSpelled(name: string, find: (id: string) => CatalogueModel | null): CatalogueModel | null {
  for (const spelling of spellingCandidates(name)) {
    const model = find(spelling);
    if (model !== null) return model;
  }
  return null;
}

function didYouMean(asked: string, models: readonly CatalogueModel[]): string {
  const ids = models.map((model) => model.id);
  const matches = closeMatches(asked, ids, maxSuggestions);
  return matches.length === 0 ? "" : ` Did you mean ${matches.map((id) => `\`${id}\``).join(", ")}?`;
}
