import type {
  CreateGithubTokenBody,
  DeviceSignInStart,
  DeviceSignInStatus,
  GithubTokenList,
  GithubTokenQuota,
  GithubTokenQuotas,
  GithubTokenView,
  QuotaBucket,
  StartDeviceSignInBody,
  UpdateGithubTokenBody,
} from "./schemas.js";

const premiumQuota: QuotaBucket = {
  bucket: "premium_interactions",
  entitlement: 300,
  remaining: 180,
  used: 120,
  unlimited: false,
  overage_permitted: false,
  overage_count: 0,
  has_quota: true,
  reset_at: "2026-06-01T00:00:00.000Z",
  seen_at: "2026-05-10T09:30:00.000Z",
};

export const githubTokenView: GithubTokenView = {
  id: "tok_01KB6M3T7Z8W2Q4R",
  alias: "alice",
  token_preview: "github_pat…x9Zk",
  kind: "user",
  enabled: true,
  status: "active",
  error_message: null,
  reason_code: null,
  warning: null,
  login: "alice",
  plan: "business",
  billing_entity: "example-org",
  billing_entity_source: "organization",
  total_requests: 412,
  premium_requests: 96,
  credits_used: 0,
  errors_24h: 0,
  premium_quota_limit: 300,
  premium_quota_used: 120,
  premium_quota_reset: "2026-06-01T00:00:00.000Z",
  unit: "premium_requests",
  windows: { session: null, weekly: null },
  running: 1,
  resting_models: [],
  models_excluded: [{ id: "claude-opus-4.7", reason: "policy" }],
  cooling_until: null,
  last_used_at: "2026-05-10T09:30:00.000Z",
  created_at: "2026-05-01T08:00:00.000Z",
};

export const githubTokenList: GithubTokenList = { tokens: [githubTokenView], total: 1, active: 1 };

export const githubTokenQuota: GithubTokenQuota = {
  id: "tok_01KB6M3T7Z8W2Q4R",
  alias: "alice",
  quotas: [premiumQuota],
};

export const githubTokenQuotas: GithubTokenQuotas = { quotas: [githubTokenQuota] };

export const createGithubTokenBody: CreateGithubTokenBody = {
  alias: "alice",
  token: "github_pat_11AAAAAAA0example",
};

export const updateGithubTokenBody: UpdateGithubTokenBody = { alias: "alice", enabled: false };

export const startDeviceSignInBody: StartDeviceSignInBody = { alias: "alice" };

export const deviceSignInStart: DeviceSignInStart = {
  id: "dev_01KB6M3T7Z8W2Q4R",
  user_code: "8F43-6FCF",
  verification_uri: "https://github.com/login/device",
  expires_in: 900,
  interval: 5,
};

export const deviceSignInStatus: DeviceSignInStatus = {
  id: "dev_01KB6M3T7Z8W2Q4R",
  status: "complete",
  token: githubTokenView,
  error_message: null,
};
