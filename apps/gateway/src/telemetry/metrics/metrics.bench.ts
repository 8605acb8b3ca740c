import { systemClock } from "@copilot-llm/model/testing";
import { bench, describe } from "vitest";
import { sampleRecord } from "../../testing/sample-record.js";
import { Metrics } from "./metrics.js";

// What a request pays for /metrics, at its end: `pnpm exec vitest bench --project gateway --run`.
const exchange = { method: "POST", route: "/v1/chat/completions", status: 200, errorCode: null } as const;
const records = Array.from({ length: 30 }, (_, index) =>
  sampleRecord({ modelUsed: `model-${index}`, keyId: `key_${index % 7}`, durationMs: 37 * index }),
);

describe.each([[[]], [["key", "token"] as const]])("a request's end, with labels %j", (labels) => {
  const metrics = new Metrics({ labels: [...labels], version: "1", clock: systemClock, measuresProcess: false });
  let next = 0;
  bench("observed", () => {
    const record = records[next++ % records.length];
    if (record !== undefined) metrics.observeRequest(record);
    metrics.observeExchange(exchange);
  });
});
