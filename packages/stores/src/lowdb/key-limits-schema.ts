import * as z from "zod";

const limit = z.number().nullable();

/** The limits of a key, and those that new keys get, at rest. */
export const keyLimitsSchema = z.strictObject({
  maxRequests: limit,
  maxPremiumRequests: limit,
  maxCredits: limit,
  limitPeriod: z.enum(["lifetime", "day", "month"]),
  requestsPerMinute: limit,
  tokensPerMinute: limit,
  maxConcurrency: limit,
});
