import { premiumBucket, type QuotaSnapshot } from "@copilot-llm/model";

const prefix = "x-quota-snapshot-";
/** The account's rolling windows: `session` and `weekly`. */
const windowPrefix = "x-usage-ratelimit-";

const wholeWindow = 100;

/** The older name of the premium bucket; the service sends both with the same value. */
const olderPremiumBucket = "premium_models";

/**
 * The buckets told by `x-quota-snapshot-<bucket>: ent=300&ov=0.0&ovPerm=true&rem=95.3&rst=…`
 * (docs/copilot-service.md#quota-headers). `rem` is the percentage left and may be negative; `ent=-1` means unlimited.
 * `x-usage-ratelimit-<window>` has the same form and is told in percent. What cannot be read is left out.
 */
export function parseQuotaHeaders(headers: Readonly<Record<string, string>>, nowMs: number): readonly QuotaSnapshot[] {
  const snapshots: QuotaSnapshot[] = [];
  for (const name in headers) {
    if (name.startsWith(windowPrefix)) {
      const window = parseSnapshot(name.slice(windowPrefix.length), headers[name] ?? "", nowMs, wholeWindow);
      if (window !== null) snapshots.push(window);
      continue;
    }
    if (!name.startsWith(prefix)) continue;
    const bucket = name.slice(prefix.length);
    if (bucket === olderPremiumBucket && `${prefix}${premiumBucket}` in headers) continue;
    const named = bucket === olderPremiumBucket ? premiumBucket : bucket;
    const snapshot = parseSnapshot(named, headers[name] ?? "", nowMs, null);
    if (snapshot !== null) snapshots.push(snapshot);
  }
  return snapshots;
}

function parseSnapshot(
  bucket: string,
  value: string,
  nowMs: number,
  fixedEntitlement: number | null,
): QuotaSnapshot | null {
  // Some proxies encode the whole value once more.
  const fields = parseFields(value.includes("=") ? value : decodeOrEmpty(value));
  const entitlement = fixedEntitlement ?? parseNumber(fields.get("ent"));
  const percentLeft = parseNumber(fields.get("rem"));
  if (entitlement === null) return null;
  const unlimited = entitlement < 0;
  if (!unlimited && percentLeft === null) return null;
  const remaining = unlimited || percentLeft === null ? null : (entitlement * percentLeft) / 100;
  const overagePermitted = fields.get("ovPerm") === "true";
  const resetAtMs = Date.parse(fields.get("rst") ?? "");
  return {
    bucket,
    entitlement: unlimited ? null : entitlement,
    remaining,
    unlimited,
    overagePermitted,
    overageCount: parseNumber(fields.get("ov")) ?? 0,
    hasQuota: remaining === null || remaining > 0 || overagePermitted,
    resetAtMs: Number.isNaN(resetAtMs) ? null : resetAtMs,
    seenAtMs: nowMs,
  };
}

/** The fields of `ent=300&ov=0.0`; of a repeated one the first. `URLSearchParams` takes several times as long. */
function parseFields(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const field of text.split("&")) {
    const at = field.indexOf("=");
    if (at === -1) continue;
    const name = field.slice(0, at);
    const value = field.slice(at + 1);
    if (!fields.has(name)) fields.set(name, value.includes("%") ? decodeOrEmpty(value) : value);
  }
  return fields;
}

function parseNumber(text: string | undefined): number | null {
  if (text === undefined || text.trim() === "") return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

function decodeOrEmpty(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return "";
  }
}
