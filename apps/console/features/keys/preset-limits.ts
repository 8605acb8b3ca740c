import type { KeyLimitName, limitPeriods } from "@copilot-llm/quota/key-limits";

interface PresetLimits {
  limits: Partial<Record<KeyLimitName, string>>;
  limitPeriod: (typeof limitPeriods)[number];
}

/** What each preset limits; every other limit is left open. */
export const presetLimits: Record<"unlimited" | "person" | "pipeline", PresetLimits> = {
  unlimited: { limits: {}, limitPeriod: "lifetime" },
  person: { limits: { max_premium_requests: "200", rpm: "60" }, limitPeriod: "month" },
  pipeline: { limits: { max_requests: "1,000", rpm: "120", max_concurrency: "4" }, limitPeriod: "day" },
};
