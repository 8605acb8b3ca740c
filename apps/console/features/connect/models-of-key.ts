import { type ConnectModel, decodeConnectModels } from "@copilot-llm/connect";
import type { ModelOverview } from "@copilot-llm/gateway/admin-api";
import type { ApiKey } from "#lib/api/use-api-keys";

/** The conversation models that a key may use: those that it is allowed, and that one of its tokens has. */
export function modelsOfKey(
  models: readonly ModelOverview[],
  key: Pick<ApiKey, "allowed_models" | "github_token_ids"> | undefined,
): readonly ConnectModel[] {
  const allowed = key?.allowed_models ?? null;
  const bound = key?.github_token_ids ?? null;
  return decodeConnectModels({
    models: models.filter(
      ({ id, tokens }) =>
        (allowed === null || allowed.includes(id)) &&
        (bound === null || tokens.some((token) => bound.includes(token.id))),
    ),
  });
}
