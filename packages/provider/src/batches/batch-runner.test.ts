import { hourMs } from "@copilot-llm/model";
import { sampleModel } from "@copilot-llm/model/testing";
import { beforeEach, describe, expect, it } from "vitest";
import { free, heldBody, openBatchBench } from "../testing/open-batch-bench.js";
import { answered, refused, type ScriptedAnswer } from "../testing/open-serve-bench.js";
import { maxTries } from "./item-verdict.js";

const model = free(sampleModel());
const premium = sampleModel();
const whole = JSON.stringify({
  id: "chatcmpl-1",
  choices: [{ index: 0, message: { role: "assistant", content: "Hi" }, finish_reason: "stop" }],
  usage: { prompt_tokens: 7, completion_tokens: 2 },
});

let bench: Awaited<ReturnType<typeof openBatchBench>>;
beforeEach(async () => {
  bench = await openBatchBench();
});

/** Answers that are held until the test lets them go. */
function holding(): { readonly answer: ScriptedAnswer; readonly held: { finish(): void }[] } {
  const held: { finish(): void }[] = [];
  return {
    held,
    answer: () => {
      const { body, finish } = heldBody(whole);
      held.push({ finish });
      return { ok: true, status: 200, headers: {}, quotas: [], body };
    },
  };
}

const saidOf = (body: Uint8Array) => JSON.parse(Buffer.from(body).toString()).messages[0].content;
const said = () => bench.sent.map(({ request }) => saidOf(request.body));

describe("the runner of batches", () => {
  it("runs every item once, and settles it together with its record", async () => {
    bench.addToken("tok", [model], answered([whole]));
    const { id } = await bench.create(["a", "b", "c", "d", "e"]);
    bench.batches.start();
    const ended = await bench.ended(id);
    expect(ended).toMatchObject({ status: "completed", counts: { total: 5, succeeded: 5, running: 0, pending: 0 } });
    expect(said().sort()).toEqual(["a", "b", "c", "d", "e"]);
    const results = await bench.results(id);
    expect(results.map(({ customId, state, status }) => [customId, state, status])).toEqual(
      [0, 1, 2, 3, 4].map((index) => [`${index}`, "succeeded", 200]),
    );
    for (const { requestId, answer } of results) {
      const { record, bodies } = await bench.findRecord(requestId ?? "");
      expect(record).toMatchObject({ outcome: "completed", keyId: "key_1", userAgent: "copilot-llm-batch" });
      expect(Buffer.from(answer ?? [])).toEqual(Buffer.from(bodies?.response ?? []));
    }
    expect(bench.outcomes).toEqual(Array(5).fill("succeeded"));
    expect(bench.batches.readRunner()).toMatchObject({ state: "idle", running: 0, pending: 0 });
  });

  it("sends a request's bytes as they stand in the file", async () => {
    bench.addToken("tok", [model], answered([whole]));
    const body = '{"model": "model", "messages":[{"role":"user","content":"ü"}],"seed":12345678901234567890}';
    const { id } = await bench.createFrom(
      `\ufeff{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":${body}}\r\n\n`,
    );
    bench.batches.start();
    await bench.ended(id);
    expect(Buffer.from(bench.sent[0]?.request.body ?? []).toString()).toBe(body);
  });

  it("has no more under way than it may, in the pool and on a token", async () => {
    const { answer, held } = holding();
    for (const id of ["one", "two", "three"]) bench.addToken(id, [model], answer);
    bench.change({ maxInPool: 2, maxPerToken: 1 });
    const { id } = await bench.create(["a", "b", "c", "d"]);
    bench.batches.start();
    await bench.until(id, ({ counts }) => counts.running === 2);
    await expect.poll(() => held.length).toBe(2);
    expect(new Set(bench.sent.map(({ tokenId }) => tokenId)).size).toBe(2);
    expect(bench.batches.readRunner()).toMatchObject({ state: "running", running: 2 });
    for (let index = 0; index < 4; index += 1) {
      await expect.poll(() => held.length).toBeGreaterThan(index);
      expect(held.length).toBeLessThanOrEqual(index + 2);
      held[index]?.finish();
    }
    expect(await bench.ended(id)).toMatchObject({ counts: { succeeded: 4 } });
  });

  it("does nothing until batches are turned on, and begins nothing more once they are off", async () => {
    const { answer, held } = holding();
    bench.addToken("tok", [model], answer);
    const { id } = await bench.create(["a", "b"]);
    bench.change({ enabled: false, maxInPool: 1 });
    bench.batches.start();
    expect(bench.batches.readRunner()).toMatchObject({ state: "off" });
    bench.change({ enabled: true });
    await expect.poll(() => held.length).toBe(1);
    bench.change({ enabled: false });
    held[0]?.finish();
    await bench.until(id, ({ counts }) => counts.succeeded === 1);
    expect(bench.sent).toHaveLength(1);
    await expect(bench.create(["c"])).rejects.toMatchObject({
      code: "permission_denied",
      message: expect.stringContaining("An admin has to turn them on"),
    });
  });

  it("rests in the quiet hours, and goes on when they are over", async () => {
    bench.addToken("tok", [model], answered([whole]));
    // The bench's clock begins at midnight, UTC.
    bench.change({ quietHours: [0, 1] });
    const { id } = await bench.create(["a"]);
    bench.batches.start();
    await expect
      .poll(() => bench.batches.readRunner())
      .toMatchObject({
        state: "quiet",
        untilMs: bench.clock.nowMs() + 2 * hourMs,
      });
    for (let minute = 0; minute < 119; minute += 1) bench.clock.advance(60_000);
    expect(bench.sent).toHaveLength(0);
    bench.clock.advance(60_000);
    await bench.ended(id);
  });

  it("draws only on what the forecast says will be lost, less what batches have used since", async () => {
    bench.addToken("tok", [premium, { ...model, id: "free" }], answered([whole]));
    bench.change({ maxInPool: 1 });
    const { id } = await bench.create(["a", "b", "c", "d"]);
    const behind = await bench.create(["e"], { model: "free" });
    bench.batches.start();
    // What draws on nothing runs all the same, though its batch is younger.
    await bench.ended(behind.id);
    expect(said()).toEqual(["e"]);
    await expect.poll(() => bench.batches.readRunner()).toMatchObject({ state: "waiting", untilMs: null, pending: 4 });
    bench.foretell({ tok: 2.5 });
    await bench.until(id, ({ counts }) => counts.succeeded === 2);
    await bench.until(id, ({ counts }) => counts.running === 0);
    expect(said()).toEqual(["e", "a", "b"]);
    bench.clock.advance(120_000);
    bench.foretell({ tok: 2 });
    await bench.ended(id);
    expect(bench.records.every(({ outcome }) => outcome === "completed")).toBe(true);
    expect(bench.records).toHaveLength(5);
  });

  it("takes nothing of a period that ended after the forecast was made", async () => {
    bench.addToken("tok", [premium], answered([whole]));
    const { id } = await bench.create(["a"]);
    bench.batches.start();
    bench.foretell({ tok: 100 }, bench.clock.nowMs());
    await expect.poll(() => bench.batches.readRunner()).toMatchObject({ state: "waiting", pending: 1 });
    expect(await bench.find(id)).toMatchObject({ counts: { succeeded: 0 } });
    expect(bench.sent).toHaveLength(0);
  });

  it.each([
    ["is gone", () => bench.stores.keys.remove("key_1", null)],
    ["is disabled", () => bench.changeKey({ enabled: false })],
    ["has expired", () => bench.changeKey({ expiresAtMs: 1 })],
  ])("makes no request for a key that %s: the item has failed, in the client's protocol", async (_name, change) => {
    bench.addToken("tok", [model], answered([whole]));
    const { id } = await bench.create(["a", "b"]);
    await change();
    bench.batches.start();
    expect(await bench.ended(id)).toMatchObject({ status: "completed", counts: { errored: 2 } });
    expect(bench.sent).toHaveLength(0);
    const [first] = await bench.results(id);
    expect(first).toMatchObject({ state: "errored", status: 401, requestId: null });
    expect(JSON.parse(Buffer.from(first?.answer ?? []).toString())).toMatchObject({
      error: { message: expect.stringContaining("key"), code: expect.any(String) },
    });
  });

  it("lets an item fail that is over its key's budget, and records it", async () => {
    bench.addToken("tok", [model], answered([whole]));
    await bench.changeKey({ limits: { ...bench.key.limits, maxRequests: 1 } });
    bench.change({ maxInPool: 1 });
    const { id } = await bench.create(["a", "b"]);
    bench.batches.start();
    expect(await bench.ended(id)).toMatchObject({ counts: { succeeded: 1, errored: 1 } });
    const [, second] = await bench.results(id);
    expect((await bench.findRecord(second?.requestId ?? "")).record).toMatchObject({ errorCode: "budget_exhausted" });
    expect(bench.sent).toHaveLength(1);
  });

  it("waits for its key's rate, without a record of the tries", async () => {
    bench.addToken("tok", [model], answered([whole]));
    await bench.changeKey({ limits: { ...bench.key.limits, requestsPerMinute: 1 } });
    const { id } = await bench.create(["a", "b"]);
    bench.batches.start();
    await bench.until(id, ({ counts }) => counts.succeeded === 1 && counts.running === 0);
    await expect
      .poll(() => bench.batches.readRunner())
      .toMatchObject({ state: "waiting", untilMs: expect.any(Number) });
    expect(bench.records).toHaveLength(1);
    bench.clock.advance(60_000);
    bench.clock.advance(60_000);
    expect(await bench.ended(id)).toMatchObject({ counts: { succeeded: 2 } });
    expect(bench.records).toHaveLength(2);
  });

  it("tries again what failed in passing, at ever longer intervals", async () => {
    bench.addToken("tok", [model], refused("unreachable", { status: 503 }), answered([whole]));
    const { id } = await bench.create(["a"]);
    bench.batches.start();
    await expect.poll(() => bench.outcomes).toEqual(["retried"]);
    await bench.until(id, ({ counts }) => counts.pending === 1);
    bench.clock.advance(14_000);
    expect(bench.sent).toHaveLength(1);
    for (let second = 0; second < 20; second += 1) bench.clock.advance(1_000);
    expect(await bench.ended(id)).toMatchObject({ counts: { succeeded: 1, errored: 0 } });
    expect(bench.outcomes).toEqual(["retried", "succeeded"]);
    expect(bench.records.map(({ outcome }) => outcome)).toEqual(["failed", "completed"]);
  });

  it("gives an item up that fails again and again, with the last error as its answer", async () => {
    bench.addToken("tok", [model], refused("timeout", { status: 504 }));
    const { id } = await bench.create(["a"]);
    bench.batches.start();
    for (let tries = 1; tries < maxTries; tries += 1) {
      await expect.poll(() => bench.outcomes.length).toBe(tries);
      await bench.until(id, ({ counts }) => counts.pending === 1);
      for (let minute = 0; minute < 65; minute += 1) bench.clock.advance(60_000);
    }
    expect(await bench.ended(id)).toMatchObject({ counts: { errored: 1 } });
    expect(bench.sent).toHaveLength(maxTries);
    expect(await bench.results(id)).toMatchObject([{ status: 504 }]);
  });

  it("settles what the service refuses for good", async () => {
    bench.addToken("tok", [model], refused("rejected", { status: 400, code: "bad", message: "No such thing." }));
    const { id } = await bench.create(["a"]);
    bench.batches.start();
    expect(await bench.ended(id)).toMatchObject({ counts: { errored: 1 } });
    const [item] = await bench.results(id);
    expect(item).toMatchObject({ status: 400, requestId: bench.records[0]?.id });
    expect(Buffer.from(item?.answer ?? []).toString()).toContain("No such thing.");
  });

  it("lets expire after a day what has not run", async () => {
    bench.addToken("tok", [premium], answered([whole]));
    const { id } = await bench.create(["a", "b"]);
    bench.batches.start();
    await expect.poll(() => bench.batches.readRunner().state).toBe("waiting");
    bench.clock.advance(24 * hourMs - 60_000);
    expect(await bench.find(id)).toMatchObject({ status: "in_progress" });
    const ended = await bench.until(id, ({ endedAtMs }) => {
      bench.clock.advance(60_000);
      return endedAtMs !== null;
    });
    expect(ended).toMatchObject({ status: "expired", counts: { expired: 2 } });
    expect(bench.sent).toHaveLength(0);
  });

  it("finishes what is under way when a batch is cancelled, and begins nothing more of it", async () => {
    const { answer, held } = holding();
    bench.addToken("tok", [model], answer);
    bench.change({ maxInPool: 1 });
    const { id } = await bench.create(["a", "b"]);
    bench.batches.start();
    await expect.poll(() => held.length).toBe(1);
    expect(await bench.batches.admin.cancel("ada", id)).toMatchObject({ status: "cancelling" });
    held[0]?.finish();
    expect(await bench.ended(id)).toMatchObject({ status: "cancelled", counts: { succeeded: 1, cancelled: 1 } });
    expect(await bench.trail()).toMatchObject([
      { actor: "ada", action: "batch.cancel", subjectId: id, detail: { owner: "laptop" } },
    ]);
  });

  it("gives what is under way its time when the gateway stops, then gives it back", async () => {
    const { answer, held } = holding();
    bench.addToken("tok", [model], answer);
    const { id } = await bench.create(["a", "b", "c"]);
    bench.batches.start();
    await expect.poll(() => held.length).toBe(1);
    const drained = bench.batches.drain(5_000);
    held[0]?.finish();
    await drained;
    expect(await bench.find(id)).toMatchObject({ counts: { succeeded: 1, running: 0, pending: 2 } });
    expect(bench.sent).toHaveLength(1);
  });
});
