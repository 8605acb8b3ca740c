import { premiumBucket, type QuotaSnapshot } from "@copilot-llm/model";

const prefix = "x-quota-snapshot-";
/** The account's rolling windows: `session` and `weekly`. */
const windowPrefix = "x-usage-ratelimit-";

const wholeWindow = 100;
/** More headers than the service has buckets are read each time. */
const maxKnown = 32;

/** The older name of the premium bucket; the service sends both with the same value. */
const olderPremiumBucket = "premium_models";

/** What is told of the account with every answer, as seen at `nowMs`. */
export type ReadQuotaHeaders = (headers: Readonly<Record<string, string>>, nowMs: number) => readonly QuotaSnapshot[];

/** One per account: a header that says what it said last time is not read again. */
export function createQuotaHeaderReader(): ReadQuotaHeaders {
  const seen = new Map<string, { readonly text: string; readonly snapshot: QuotaSnapshot | null }>();
  return (headers, nowMs) => {
    const snapshots: QuotaSnapshot[] = [];
    for (const name in headers) {
      if (!name.startsWith("x-") || !isQuotaHeader(name)) continue;
      const text = headers[name] ?? "";
      const known = seen.get(name);
      if (known?.text === text) {
        if (known.snapshot !== null && countsBeside(name, headers))
          snapshots.push({ ...known.snapshot, seenAtMs: nowMs });
        continue;
      }
      const snapshot = parseHeader(name, text, nowMs);
      if (seen.size < maxKnown || known !== undefined) seen.set(name, { text, snapshot });
      if (snapshot !== null && countsBeside(name, headers)) snapshots.push(snapshot);
    }
    return snapshots;
  };
}

/**
 * The buckets told by `x-quota-snapshot-<bucket>: ent=300&ov=0.0&ovPerm=true&rem=95.3&rst=…`
 * (docs/copilot-service.md#quota-headers). `rem` is the percentage left and may be negative; `ent=-1` means unlimited.
 * `x-usage-ratelimit-<window>` has the same form and is told in percent. What cannot be read is left out.
 */
export function parseQuotaHeaders(headers: Readonly<Record<string, string>>, nowMs: number): readonly QuotaSnapshot[] {
  return createQuotaHeaderReader()(headers, nowMs);
}

function isQuotaHeader(name: string): boolean {
  return name.startsWith(prefix) || name.startsWith(windowPrefix);
}

/** Of the premium bucket's two names the older one counts only by itself. */
function countsBeside(name: string, headers: Readonly<Record<string, string>>): boolean {
  return name !== prefix + olderPremiumBucket || !(`${prefix}${premiumBucket}` in headers);
}

function parseHeader(name: string, text: string, nowMs: number): QuotaSnapshot | null {
  if (name.startsWith(windowPrefix)) return parseSnapshot(name.slice(windowPrefix.length), text, nowMs, wholeWindow);
  const bucket = name.slice(prefix.length);
  return parseSnapshot(bucket === olderPremiumBucket ? premiumBucket : bucket, text, nowMs, null);
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
