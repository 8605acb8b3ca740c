/** How far a quota's period has come, and where it ends at the pace so far. */
export interface QuotaProjection {
  /** Of the period, 0 to 1. */
  elapsed: number;
  /** Used by the reset at the pace so far, at most the limit; null while it is too early to tell. */
  projected: number | null;
  /** What is lost at the reset then; null while it is too early to tell. */
  lost: number | null;
}

const earliestShare = 0.05;

/** Quotas last a month up to their reset. What is left then is lost: nothing is carried over. */
export function projectQuota(used: number, limit: number, resetMs: number, nowMs: number): QuotaProjection {
  const start = new Date(resetMs);
  start.setUTCMonth(start.getUTCMonth() - 1);
  const startMs = start.getTime();
  const elapsed = Math.min(1, Math.max(0, (nowMs - startMs) / (resetMs - startMs)));
  if (elapsed < earliestShare) return { elapsed, projected: null, lost: null };
  const projected = Math.min(limit, Math.max(used, used / elapsed));
  return { elapsed, projected, lost: Math.max(0, limit - projected) };
}
