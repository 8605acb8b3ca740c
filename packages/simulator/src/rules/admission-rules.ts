import type { Account } from "../accounts/account.js";
import type { ModelEndpoint, SimulatedModel } from "../catalogue/simulated-model.js";
import type { JsonObject } from "../json-value.js";
import { found } from "./finding.js";
import { modelNotSupported } from "./model-not-supported.js";
import type { RuleRow } from "./rule-row.js";

/** What is known before anybody looks into the body: who asks, and with which headers. */
export interface AccessInput {
  readonly account: Account | undefined;
  header(name: string): string | undefined;
}

/** What is known once the body was parsed and its model looked up. */
export interface AdmissionInput extends AccessInput {
  readonly body: JsonObject | undefined;
  readonly modelId: string | undefined;
  readonly endpoint: ModelEndpoint;
  /** The model of that id, when the catalogue shows it to the account. */
  readonly candidate: SimulatedModel | undefined;
}

const oldestApiVersion = "2025-04-01";

/** Credential and header checks of every route on the Copilot side. */
export const accessRules: readonly RuleRow<AccessInput>[] = [
  {
    id: "bad-credentials",
    refuses: "a credential that stands for no account",
    source: "captures of the service",
    check: ({ account }) => (account === undefined ? found : undefined),
    error: { status: 401, shape: "github", message: "Bad credentials" },
  },
  {
    id: "credential-expired",
    refuses: "a credential that must be renewed first",
    source: "ericc-ch/copilot-api#104",
    check: ({ account }) => (account?.credentialExpired ? found : undefined),
    error: { status: 401, shape: "text", message: "unauthorized: token expired" },
  },
  {
    id: "no-copilot",
    refuses: "an account without Copilot",
    source: "captures of the service",
    check: ({ account }) => (account?.standing === "no_copilot" ? found : undefined),
    error: { status: 403, shape: "github", message: "You do not have access to GitHub Copilot." },
  },
  {
    id: "api-version-too-old",
    refuses: "`X-GitHub-Api-Version` before 2025-04-01",
    source: "ericc-ch/copilot-api#189",
    check: ({ header }) =>
      (header("x-github-api-version") ?? oldestApiVersion) < oldestApiVersion ? found : undefined,
    error: {
      status: 466,
      shape: "text",
      message: "bad request: the specified API version is no longer supported, please update your client",
    },
  },
  {
    id: "editor-version-missing",
    refuses: "an editor's integration id without `Editor-Version`",
    source: "litellm#18475",
    check: ({ header }) => {
      const isEditor = header("copilot-integration-id")?.startsWith("vscode") ?? false;
      return isEditor && header("editor-version") === undefined ? found : undefined;
    },
    error: { status: 400, shape: "text", message: "bad request: missing Editor-Version header for IDE auth" },
  },
];

/** The checks of every inference route that come before its own. */
export const admissionRules: readonly RuleRow<AdmissionInput>[] = [
  ...accessRules,
  {
    id: "invalid-json",
    refuses: "a body that is no JSON object",
    source: "captures of the service",
    check: ({ body }) => (body === undefined ? found : undefined),
    error: { status: 400, shape: "service", message: "failed to parse request body" },
  },
  {
    id: "model-not-supported",
    refuses: "a model that the account's catalogue does not hold",
    source: "captures of the service",
    check: ({ candidate }) => (candidate === undefined ? found : undefined),
    error: modelNotSupported,
  },
  {
    id: "unsupported-api",
    refuses: "a model on an endpoint that it does not have",
    source: "caozhiyuan/copilot-api#102, ericc-ch/copilot-api#177",
    check: ({ candidate, modelId = "", endpoint }) =>
      candidate?.endpoints.includes(endpoint) ? undefined : { model: modelId, endpoint },
    error: {
      status: 400,
      shape: "service",
      message: 'model "{model}" is not accessible via the {endpoint} endpoint',
      code: "unsupported_api_for_model",
    },
  },
];
