import { type CatalogueModel, premiumBucket, type QuotaSnapshot } from "@copilot-llm/model";
import { createManualClock, sampleModel } from "@copilot-llm/model/testing";
import { createPool } from "@copilot-llm/pool";
import { describe, expect, it } from "vitest";
import { silentLog } from "../testing/open-bench.js";
import { SuspectSeats } from "./suspect-seats.js";

const tokenIds = ["tok_ann", "tok_ben", "tok_cat", "tok_dan"];
const model: CatalogueModel = sampleModel({ id: "premium", billing: { ...sampleModel().billing, multiplier: 1 } });

/** Four seats of one organisation, and a GitHub that says of whom it is asked who has quota. */
function setUp(hasQuota: Readonly<Record<string, boolean>> = {}) {
  const clock = createManualClock();
  const pool = createPool({ clock, randomness: { next: () => 0.5, bytes: (count) => new Uint8Array(count) } });
  for (const id of tokenIds) {
    pool.addToken(id, { enabled: true });
    pool.setCatalogue(id, [model]);
    pool.setBilling(id, { entityId: "acme", accountId: id, seatEntitlement: null });
  }
  const asked: string[] = [];
  const refreshQuotas = async (id: string): Promise<readonly QuotaSnapshot[]> => {
    asked.push(id);
    const told = hasQuota[id];
    if (told === undefined) throw new Error("GitHub is out of reach");
    const quota = {
      bucket: premiumBucket,
      entitlement: 19_000,
      remaining: 5_000,
      unlimited: false,
      overagePermitted: false,
      overageCount: 0,
      hasQuota: told,
      resetAtMs: null,
      seenAtMs: clock.nowMs(),
    };
    pool.setQuotas(id, [quota]);
    return [quota];
  };
  const suspects = new SuspectSeats({ pool, accounts: { refreshQuotas }, clock, log: silentLog });
  const refuse = async (tokenId: string) => {
    const leased = await pool.lease({
      modelId: "premium",
      onlyTokenIds: [tokenId],
      preferredTokenId: null,
      triedTokenIds: [],
      conversationId: null,
      startsConversation: true,
      initiator: "user",
      signal: new AbortController().signal,
    });
    if (!leased.ok) throw new Error(`no lease: ${leased.why}`);
    const error = { status: 402, code: "quota_exceeded", message: "You have no quota" };
    pool.reportFailure(leased.lease, { kind: "quota_exhausted", retryAfterMs: null, error });
    leased.lease.release();
    suspects.noteRefusal(tokenId);
  };
  const advance = async (durationMs: number) => {
    clock.advance(durationMs);
    for (let tick = 0; tick < 20; tick += 1) await null;
  };
  const statuses = () => tokenIds.map((id) => pool.state(id).status);
  return { suspects, refuse, asked, advance, statuses };
}

describe("the other seats of an organisation, after one was refused for want of quota", () => {
  it("are asked for as soon as the answer is new, until one has quota", async () => {
    const { refuse, asked, advance, statuses } = setUp({ tok_ann: false, tok_cat: true, tok_dan: true });
    await refuse("tok_ann");
    await refuse("tok_ben");
    expect(statuses()).toEqual(["exhausted", "exhausted", "exhausted", "exhausted"]);
    await advance(60_000);
    expect(asked).toEqual([]);
    await advance(1_000);
    expect(asked).toEqual(["tok_ann", "tok_ben", "tok_cat"]);
    expect(statuses()).toEqual(["exhausted", "exhausted", "active", "active"]);
    await advance(600_000);
    expect(asked).toHaveLength(3);
  });

  it("are not asked for when none was", async () => {
    const { suspects, asked, advance } = setUp();
    suspects.noteRefusal("tok_ann");
    suspects.noteRefusal("tok_nobody");
    await advance(120_000);
    expect(asked).toEqual([]);
  });

  it("are not asked for after the end", async () => {
    const { suspects, refuse, asked, advance } = setUp();
    await refuse("tok_ann");
    suspects.close();
    await advance(120_000);
    expect(asked).toEqual([]);
  });
});
