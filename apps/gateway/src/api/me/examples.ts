import { keyBudgets } from "@copilot-llm/quota";
import { apiKeyView } from "../keys/examples.js";
import { sessionSummary, sessionTurnPage } from "../sessions/examples.js";
import { statsRow } from "../statistics/examples.js";
import { encodeOwnTurn } from "./encode-own-turn.js";
import type { OwnKey, OwnSessionPage, OwnTurnPage, OwnUsage } from "./schemas.js";

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
  sees_sessions: true,
};

const { split: _split, split_label: _splitLabel, is_other: _other, ...ownRow } = statsRow;
const { group: _group, label: _label, ...figures } = ownRow;
const { token_aliases: _servedBy, key_id: _keyId, key_alias: _keyAlias, ...ownSession } = sessionSummary;

export const ownUsage: OwnUsage = {
  from: "2026-05-01T00:00:00.000Z",
  to: "2026-05-10T09:30:00.000Z",
  totals: figures,
  days: [{ ...ownRow, group: "2026-05-10", label: "2026-05-10" }],
  models: [{ ...ownRow, group: "claude-sonnet-4.6", label: "claude-sonnet-4.6" }],
};

export const ownSessionPage: OwnSessionPage = { sessions: [ownSession], next_cursor: null };

export const ownTurnPage: OwnTurnPage = { turns: sessionTurnPage.turns.map(encodeOwnTurn), next_cursor: null };
