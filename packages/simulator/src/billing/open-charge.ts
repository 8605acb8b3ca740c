import type { Account } from "../accounts/account.js";
import type { SimulatedModel } from "../catalogue/simulated-model.js";
import type { Ledger, Outcome } from "./ledger.js";
import { type CopilotUsage, priceTokens, type TokenUsage } from "./price-tokens.js";
import type { PromptTokens } from "./prompt-cache.js";

/** An admitted request whose price is known but not yet final. */
export interface OpenCharge {
  readonly usage: TokenUsage;
  /** Absent in the premium world. */
  readonly copilotUsage: CopilotUsage | undefined;
  /**
   * Writes the ledger entry; only the first call counts. An aborted request pays for the prompt and for the share of
   * the output that went out; a failed one pays nothing. `reported`: the client was told its usage.
   */
  settle(outcome: Outcome, deliveredShare: number, reported: boolean): void;
}

export interface ChargeFacts {
  readonly ledger: Ledger;
  readonly nowMs: number;
  readonly requestId: string;
  readonly endpoint: string;
  readonly account: Account;
  readonly model: SimulatedModel;
  readonly initiator: "user" | "agent";
  readonly prompt: PromptTokens;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
}

const freePlanChatUnit = 1;

/** Takes the premium units at once, as the answer's quota headers show; tokens are taken when it is settled. */
export function openCharge(facts: ChargeFacts): OpenCharge {
  const { account, model, initiator, prompt } = facts;
  const byTokens = account.billing === "credits";
  const hundredths = !byTokens && initiator === "user" ? Math.round(model.multiplier * 100) : 0;
  const chatUnits = account.plan === "free" && initiator === "user" ? freePlanChatUnit : 0;
  const usage: TokenUsage = {
    input: prompt.uncached,
    cacheRead: prompt.cacheRead,
    cacheWrite: prompt.cacheWrite,
    output: facts.outputTokens,
    reasoning: facts.reasoningTokens,
  };
  const copilotUsage = byTokens ? priceTokens(model, usage) : undefined;
  account.usedHundredths += hundredths;
  account.chatUsed += chatUnits;
  let open = true;

  const settle = (outcome: Outcome, deliveredShare: number, reported: boolean): void => {
    if (!open) return;
    open = false;
    const failed = outcome === "failed";
    if (failed) {
      account.usedHundredths -= hundredths;
      account.chatUsed -= chatUnits;
    }
    const tokens = failed ? nothing : scaleOutput(usage, deliveredShare);
    const nanoAiu = byTokens ? priceTokens(model, tokens).total_nano_aiu : 0;
    account.usedNanoAiu += nanoAiu;
    facts.ledger.append({
      requestId: facts.requestId,
      account: account.login,
      model: model.id,
      endpoint: facts.endpoint,
      initiator,
      atMs: facts.nowMs,
      status: 200,
      outcome,
      tokens,
      nanoAiu,
      reportedNanoAiu: reported ? nanoAiu : 0,
      premiumUnits: failed ? 0 : hundredths / 100,
    });
  };
  return { usage, copilotUsage, settle };
}

const nothing: TokenUsage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };

function scaleOutput(usage: TokenUsage, share: number): TokenUsage {
  return share >= 1
    ? usage
    : { ...usage, output: Math.ceil(usage.output * share), reasoning: Math.ceil(usage.reasoning * share) };
}
