import { type LimitClaim, nanoAiuPerCredit } from "@copilot-llm/model";

/** A claim in the words of the admin API: the limit's name, and amounts in its own unit. */
export interface NamedLimit {
  readonly name: "max_requests" | "max_premium_requests" | "max_credits" | "rpm" | "tpm" | "max_concurrency";
  readonly noun: string;
  /** Brings an amount of the claim's unit into the limit's. */
  readonly scale: number;
}

export function nameLimit(claim: LimitClaim): NamedLimit {
  switch (claim.unit) {
    case "premiumUnits":
      return { name: "max_premium_requests", noun: "premium requests", scale: 1 };
    case "nanoAiu":
      return { name: "max_credits", noun: "AI credits", scale: 1 / nanoAiuPerCredit };
    case "tokens":
      return { name: "tpm", noun: "tokens", scale: 1 };
    case "requests":
      if (claim.window === "open") return { name: "max_concurrency", noun: "requests", scale: 1 };
      return { name: claim.window === "minute" ? "rpm" : "max_requests", noun: "requests", scale: 1 };
  }
}
