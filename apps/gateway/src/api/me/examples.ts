import { keyBudgets } from "@copilot-llm/quota";
import { apiKeyView } from "../keys/examples.js";
import type { OwnKey } from "./schemas.js";

const {
  github_token_ids: _tokens,
  created_by: _maker,
  note: _note,
  last_client: _client,
  enabled: _enabled,
  ...shown
} = apiKeyView;

export const ownKey: OwnKey = {
  ...shown,
  budgets: keyBudgets.map(({ name }) => ({
    limit: name,
    allowed: 200,
    used: 96,
    resets_at: "2026-06-01T00:00:00.000Z",
  })),
};
