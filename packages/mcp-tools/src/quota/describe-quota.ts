import type { Quota, QuotaBucket } from "./quota-schema.js";

/** The quota in a few lines of text. */
export function describeQuota({ pool, accounts, key }: Quota): string {
  const lines = [
    `${pool.active} of ${pool.accounts} Copilot account${pool.accounts === 1 ? "" : "s"} can serve now.`,
    ...pool.buckets.map(describeBucket),
    ...accounts.flatMap(({ alias, login, status, problem }) => {
      const name = login === null || login === alias ? alias : `${alias} (${login})`;
      return status === "active" ? [] : [`${name}: ${status}${problem === null ? "" : `, ${problem}`}`];
    }),
    ...(key?.limits ?? []).map(({ limit, max, used }) => {
      const count = used === null ? `${max}` : `${round(used)} of ${max} used, per ${key?.limit_period}`;
      return `Key ${key?.alias}, ${limit}: ${count}`;
    }),
  ];
  return lines.join("\n");
}

function describeBucket(quota: QuotaBucket): string {
  const { bucket, unlimited, remaining, entitlement, resets_at: resetsAt } = quota;
  if (unlimited) return `${bucket}: unlimited`;
  const left =
    remaining === null ? "unknown" : `${round(remaining)}${entitlement === null ? "" : ` of ${entitlement}`} left`;
  return `${bucket}: ${left}${resetsAt === null ? "" : `, resets ${resetsAt}`}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
