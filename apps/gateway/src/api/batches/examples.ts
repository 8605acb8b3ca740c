import type { BatchItemPage, BatchPage, BatchView } from "./schemas.js";

export const batchView: BatchView = {
  id: "bat_01KB6M3T7Z8W2Q4R",
  api: "openai",
  protocol: "openai-chat",
  key_id: "key_01KB6M3T7Z8W2Q4R",
  owner: "laptop",
  status: "in_progress",
  counts: { total: 500, pending: 380, running: 2, succeeded: 117, errored: 1, cancelled: 0, expired: 0 },
  metadata: { job: "nightly" },
  created_at: "2026-05-10T01:00:00.000Z",
  started_at: "2026-05-10T01:00:05.000Z",
  cancel_requested_at: null,
  ended_at: null,
  expires_at: "2026-05-11T01:00:00.000Z",
  problems: [],
};

export const batchPage: BatchPage = {
  batches: [batchView],
  next_cursor: null,
  runner: { state: "running", until: null, running: 2 },
};

export const batchItemPage: BatchItemPage = {
  items: [
    {
      index: 3,
      custom_id: "row-4",
      state: "errored",
      status: 422,
      request_id: "req_01KB6M3T7Z8W2Q4R6S8V0X1Y2Z",
      error: { code: "content_filtered", message: "The answer was filtered." },
    },
  ],
  next_cursor: null,
};
