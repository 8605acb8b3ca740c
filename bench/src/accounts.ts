import type { AccountOptions } from "@copilot-llm/simulator";

/** The simulated accounts whose tokens the contenders use. */
export const benchAccounts: readonly (AccountOptions & { readonly login: string })[] = ["alice", "bob", "carol"].map(
  (login) => ({ login, token: `gho_bench_${login}_0123456789`, plan: "business" }),
);

/** Spoken over Chat Completions only. */
export const chatModel = "gpt-4.1";
/** Spoken over Responses only. */
export const responsesModel = "gpt-5.3-codex";
/** Spoken over Messages. */
export const messagesModel = "claude-sonnet-4.6";
