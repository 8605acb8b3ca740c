import type { UpstreamFailure } from "@copilot-llm/model";
import { createFailure } from "../control-plane/control-failure.js";
import type { HttpOutcome } from "../data-plane/http-outcome.js";
import { classifyFailure } from "../failure/classify-failure.js";
import { parseQuotaHeaders } from "../quota/parse-quota-headers.js";
import { readStart } from "../read-all.js";
import type { UpstreamRefusal } from "../upstream.js";

const maxErrorBytes = 64 * 1024;

/** What an exchange came to that ended without an answer or in an error; reads the error's body. */
export async function createRefusal(outcome: HttpOutcome, nowMs: number): Promise<UpstreamRefusal> {
  if (!outcome.answered) {
    const failure =
      outcome.reason === "timeout"
        ? createFailure("timeout", 504, "GitHub Copilot did not answer in time.")
        : createFailure("unreachable", 502, "GitHub Copilot could not be reached.");
    return refuse(null, {}, failure, nowMs);
  }
  const { status, headers, body } = outcome;
  const text = Buffer.from(await readStart(body, maxErrorBytes)).toString("utf8");
  return refuse(status, headers, classifyFailure(status, headers, text, nowMs), nowMs);
}

/** A refusal that is known already, with what its headers say of quotas. */
export function refuse(
  status: number | null,
  headers: Readonly<Record<string, string>>,
  failure: UpstreamFailure,
  nowMs: number,
): UpstreamRefusal {
  return { ok: false, status, headers, quotas: parseQuotaHeaders(headers, nowMs), failure };
}
