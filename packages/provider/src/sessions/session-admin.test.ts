import type { RequestRecord, User } from "@copilot-llm/model";
import { createManualClock } from "@copilot-llm/model/testing";
import type { Ledger, SessionSummary, Sessions } from "@copilot-llm/stores";
import { sampleRecord, sampleUser } from "@copilot-llm/stores/contract";
import { expect, it } from "vitest";
import { createAudit } from "../admin/audit.js";
import { createIds } from "../identity/ids.js";
import type { ServeAnswer, ServeCall } from "../serve/serve-call.js";
import { SessionAdmin } from "./session-admin.js";

const user: User = sampleUser("ada");
const call = { requestId: "req_1", user, message: "And then?", clientIp: null, userAgent: null };

/** One session with these requests, of which some have bodies. */
function setUp(records: readonly RequestRecord[], hasBodies: (record: RequestRecord) => boolean) {
  const read: string[] = [];
  const served: ServeCall[] = [];
  const clock = createManualClock();
  const sessions = {
    find: async (id: string) => (id === "ses_1" ? { summary: {} as SessionSummary, records } : null),
  } as unknown as Sessions;
  const ledger = {
    findRecord: async (id: string) => {
      read.push(id);
      const record = records.find((one) => one.id === id);
      if (record === undefined) return null;
      const request = { model: "gpt-5", messages: [{ role: "user", content: `question ${id}` }] };
      const message = { role: "assistant", content: `answer ${id}` };
      const response = { choices: [{ index: 0, message, finish_reason: "stop" }] };
      const encode = (body: object) => Buffer.from(JSON.stringify(body));
      return {
        record,
        bodies: hasBodies(record) ? { request: encode(request), response: encode(response) } : null,
      };
    },
  } as unknown as Ledger;
  const admin = new SessionAdmin({
    sessions,
    ledger,
    audit: createAudit(clock, createIds(clock, { next: () => 0, bytes: (count) => new Uint8Array(count) })),
    serve: async (asked) => {
      served.push(asked);
      return {} as ServeAnswer;
    },
  });
  const messages = () => served.map(({ body }) => JSON.parse(Buffer.from(body).toString()).messages);
  return { admin, read, messages };
}

const signal = new AbortController().signal;

it("goes on from the last answer that was recorded in full, and reads no body before it", async () => {
  const answered = Array.from({ length: 300 }, (_, index) => sampleRecord(index));
  const last = [sampleRecord(300), sampleRecord(301, { outcome: "failed" }), sampleRecord(302, { operation: "embed" })];
  const [bodiless] = last;
  const { admin, read, messages } = setUp([...answered, ...last], (record) => record !== bodiless);
  await admin.continue("ses_1", { ...call, signal });
  const from = answered.at(-1)?.id;
  expect(read).toEqual([bodiless?.id, from]);
  expect(messages()).toMatchObject([
    [
      { role: "user", content: `question ${from}` },
      { role: "assistant", content: `answer ${from}` },
      { role: "user", content: "And then?" },
    ],
  ]);
});

it("says what is missing where nothing was recorded in full, or there is no session", async () => {
  const { admin } = setUp([sampleRecord(1)], () => false);
  await expect(admin.continue("ses_1", { ...call, signal })).rejects.toMatchObject({ code: "invalid_request" });
  await expect(admin.continue("ses_2", { ...call, signal })).rejects.toMatchObject({ code: "not_found" });
});
