import { describeRules } from "../../testing/describe-rules.js";
import { carol } from "../../testing/fixture.js";
import { admissionRules } from "./admission-rules.js";

const editor = { "copilot-integration-id": "vscode-chat" };

describeRules("/chat/completions", admissionRules, {
  "bad-credentials": { refused: {}, token: "gho_nobody", accepted: {}, says: "Bad credentials" },
  "credential-expired": async ({ simulator }) => {
    simulator.expireCredential("alice");
    return { refused: {}, accepted: {}, acceptedToken: carol.token, says: "unauthorized: token expired" };
  },
  "no-copilot": async ({ simulator }) => {
    simulator.addAccount({ token: "gho_without000000", login: "nora", standing: "no_copilot" });
    return {
      refused: {},
      token: "gho_without000000",
      accepted: {},
      says: "You do not have access to GitHub Copilot.",
    };
  },
  "api-version-too-old": {
    refused: {},
    refusedHeaders: { "x-github-api-version": "2024-12-15" },
    accepted: {},
    acceptedHeaders: { "x-github-api-version": "2025-04-01" },
    says: "bad request: the specified API version is no longer supported, please update your client",
  },
  "editor-version-missing": {
    refused: {},
    refusedHeaders: editor,
    accepted: {},
    acceptedHeaders: { ...editor, "editor-version": "vscode/1.110.0" },
    says: "bad request: missing Editor-Version header for IDE auth",
  },
  "invalid-json": { refused: "{", accepted: {}, says: "failed to parse request body", code: "invalid_request_body" },
  "model-not-supported": {
    refused: { model: "gpt-99" },
    accepted: { model: "gpt-4o" },
    says: "The requested model is not supported.",
    code: "model_not_supported",
  },
  "unsupported-api": [
    {
      refused: { model: "gpt-5.3-codex" },
      accepted: { model: "gpt-5.4" },
      says: 'model "gpt-5.3-codex" is not accessible via the /chat/completions endpoint',
      code: "unsupported_api_for_model",
    },
    {
      path: "/responses",
      refused: { model: "claude-sonnet-4.6" },
      accepted: { model: "gpt-5-mini" },
      says: 'model "claude-sonnet-4.6" is not accessible via the /responses endpoint',
    },
    {
      path: "/v1/messages",
      refused: { model: "gpt-5.4" },
      accepted: { model: "claude-haiku-4.5" },
      says: 'model "gpt-5.4" is not accessible via the /v1/messages endpoint',
    },
    {
      path: "/embeddings",
      refused: { model: "gpt-4.1" },
      accepted: {},
      says: 'model "gpt-4.1" is not accessible via the /embeddings endpoint',
    },
  ],
});
