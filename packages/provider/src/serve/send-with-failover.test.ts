import type { UpstreamRequest } from "@copilot-llm/copilot";
import { GatewayError } from "@copilot-llm/model";
import { sampleModel } from "@copilot-llm/model/testing";
import { beforeEach, describe, expect, test } from "vitest";
import {
  admittedOf,
  answered,
  broken,
  openServeBench,
  refused,
  type ScriptedAnswer,
  type ServeBench,
} from "../testing/open-serve-bench.js";
import { createSendWithFailover, type MendRequest } from "./send-with-failover.js";

const model = sampleModel();
const ok = answered(["{}"]);

let bench: ServeBench;
let published: string[];
beforeEach(async () => {
  bench = await openServeBench();
  published = [];
});

function addTokens(...answers: readonly ScriptedAnswer[]): void {
  answers.forEach((answer, index) => {
    bench.addToken(`tok_${index + 1}`, [model], answer);
  });
}

function send(mend: MendRequest = () => null) {
  const { admitted, trace } = admittedOf(bench, model);
  const sendWithFailover = createSendWithFailover({
    ...bench,
    failoverDeadlineMs: 60_000,
    sharing: {
      publishFailure: (tokenId, modelId, kind) => published.push(`${tokenId} ${modelId} ${kind}`),
      publishQuotas: () => {},
    },
  });
  const request: UpstreamRequest = {
    path: "/chat/completions",
    modelId: model.id,
    body: admitted.call.body,
    headers: {},
    initiator: "user",
    hasImages: false,
    interactionId: null,
    signal: admitted.call.signal,
  };
  return { trace, accepted: sendWithFailover(admitted, request, mend, trace) };
}

const tokensAsked = () => bench.sent.map(({ tokenId }) => tokenId);
const attemptsOf = (trace: ReturnType<typeof send>["trace"]) =>
  trace.record({ outcome: "completed", status: 200, errorCode: null, usage: null, premiumUnits: 0, nanoAiu: null })
    .attempts;
const triesOf = (trace: ReturnType<typeof send>["trace"]) =>
  attemptsOf(trace).map(({ tokenId, status, failure }) => [tokenId, status, failure]);

describe("sending with failover", () => {
  test("hands over the answer that began, with the token's lease, and notes the try", async () => {
    addTokens(ok);
    const { trace, accepted } = send();
    expect(await accepted).toMatchObject({ lease: { tokenId: "tok_1" }, answer: { ok: true, status: 200 } });
    expect(trace).toMatchObject({ tokenId: "tok_1", attempts: 1, billedModel: model });
    expect(triesOf(trace)).toEqual([["tok_1", 200, null]]);
  });

  test("goes on to the next token where another may do better, tells so, and notes every try", async () => {
    addTokens(refused("account_rate_limited", { status: 429 }), refused("unreachable"), ok);
    const { trace, accepted } = send();
    expect((await accepted).lease.tokenId).toBe("tok_3");
    expect(triesOf(trace)).toEqual([
      ["tok_1", 429, "account_rate_limited"],
      ["tok_2", 500, "unreachable"],
      ["tok_3", 200, null],
    ]);
    expect(published).toEqual(["tok_1 model account_rate_limited", "tok_2 model unreachable"]);
  });

  test("asks three tokens at most, and passes on what the last of them said", async () => {
    addTokens(...Array.from({ length: 4 }, () => refused("unreachable", { message: "Connection lost." })));
    await expect(send().accepted).rejects.toMatchObject({ code: "upstream_error", message: "Connection lost." });
    expect(tokensAsked()).toEqual(["tok_1", "tok_2", "tok_3"]);
  });

  test.each(["quota_exhausted", "account_rate_limited", "unauthorized"] as const)(
    "says of three tokens that refuse by %s nothing of the fourth, which serves when asked again",
    async (kind) => {
      addTokens(...Array.from({ length: 3 }, () => refused(kind, { message: "Not me." }, 3_600_000)), ok);
      await expect(send().accepted).rejects.toMatchObject({
        code: "no_token_available",
        retryAfterMs: 1_000,
        message: expect.stringContaining("ask again"),
      });
      expect((await send().accepted).lease.tokenId).toBe("tok_4");
    },
  );

  test("says of a pool that three tries have exhausted when the first token comes back", async () => {
    addTokens(...[4_000, 3_600_000, 3_600_000].map((restMs) => refused("account_rate_limited", {}, restMs)));
    await expect(send().accepted).rejects.toMatchObject({ code: "no_token_available", retryAfterMs: 4_000 });
  });

  test("asks no other token what is the client's own mistake", async () => {
    addTokens(refused("rejected", { status: 400, message: "Bad tools." }), ok);
    await expect(send().accepted).rejects.toMatchObject({ code: "upstream_rejected", message: "Bad tools." });
    expect(tokensAsked()).toEqual(["tok_1"]);
  });

  test("goes on to no other token behind the deadline", async () => {
    const late: ScriptedAnswer = (request) => {
      bench.clock.advance(60_001);
      return refused("timeout")(request);
    };
    addTokens(late, ok);
    await expect(send().accepted).rejects.toMatchObject({ code: "upstream_timeout" });
    expect(tokensAsked()).toEqual(["tok_1"]);
  });

  const mended = { body: Buffer.from("{}"), headers: { "x-mended": "1" }, change: "without top_p", refused: ["top_p"] };

  test.each(["invalid_signature", "rejected"] as const)(
    "tries once what was mended after a refusal of the request itself, on the same token: %s",
    async (kind) => {
      bench.addToken("tok_1", [model], refused(kind, { status: 400, message: "Not like this." }), ok);
      bench.addToken("tok_2", [model], ok);
      const failures: unknown[] = [];
      const { accepted, trace } = send((failure) => {
        failures.push(failure);
        return mended;
      });
      expect((await accepted).lease.tokenId).toBe("tok_1");
      expect(bench.sent.map(({ request }) => request.headers)).toEqual([{}, mended.headers]);
      expect(bench.sent[1]?.request.body).toBe(mended.body);
      expect(failures).toMatchObject([{ kind, error: { status: 400, message: "Not like this." } }]);
      expect(attemptsOf(trace)).toMatchObject([
        { tokenId: "tok_1", status: 400 },
        { status: 200, changes: ["without top_p"] },
      ]);
      expect(attemptsOf(trace)[0]).not.toHaveProperty("changes");
    },
  );

  test("tries that only once, and not where there is nothing to mend", async () => {
    bench.addToken("tok_1", [model], refused("rejected", { status: 400, message: "Not like this." }));
    await expect(send(() => mended).accepted).rejects.toMatchObject({ code: "upstream_rejected" });
    expect(bench.sent).toHaveLength(2);
    await expect(send(() => null).accepted).rejects.toMatchObject({ code: "upstream_rejected" });
    expect(bench.sent).toHaveLength(3);
  });

  test("counts no token as tried for it: another may still take what was mended", async () => {
    bench.addToken("tok_1", [model], refused("rejected", { status: 400 }), refused("unreachable"));
    bench.addToken("tok_2", [model], ok);
    const { accepted, trace } = send(() => mended);
    expect((await accepted).lease.tokenId).toBe("tok_2");
    expect(triesOf(trace)).toEqual([
      ["tok_1", 400, "rejected"],
      ["tok_1", 500, "unreachable"],
      ["tok_2", 200, null],
    ]);
    expect(bench.sent[2]?.request.body).toBe(mended.body);
  });

  test("says when the first token comes back where all rest", async () => {
    addTokens(refused("account_rate_limited", {}, 30_000), refused("account_rate_limited", {}, 20_000));
    await expect(send().accepted).rejects.toMatchObject({ code: "no_token_available", retryAfterMs: 20_000 });
    expect(tokensAsked()).toEqual(["tok_1", "tok_2"]);
  });

  test("gives every token back that did not take the request", async () => {
    addTokens(refused("unreachable"), broken(new GatewayError("client_closed", "The client hung up.")));
    const { trace, accepted } = send();
    await expect(accepted).rejects.toMatchObject({ code: "client_closed" });
    expect(triesOf(trace).at(-1)).toEqual(["tok_2", null, null]);
    // One request at a time: these leases are granted only to tokens that were given back.
    const lease = () =>
      bench.pool.lease({
        modelId: model.id,
        onlyTokenIds: null,
        preferredTokenId: null,
        triedTokenIds: [],
        conversationId: null,
        startsConversation: true,
        initiator: "user",
        signal: new AbortController().signal,
      });
    expect([(await lease()).ok, (await lease()).ok, (await lease()).ok]).toEqual([true, true, false]);
  });
});
