import type { BulkBody, BulkResult } from "./bulk-schemas.js";

export const bulkBody: BulkBody = { action: "disable", ids: ["key_01KB6M3T7Z8W2Q4R", "key_01KB6M3T7Z8W2Q4S"] };

export const bulkResult: BulkResult = {
  done: 1,
  failed: [{ id: "key_01KB6M3T7Z8W2Q4S", code: "not_found", message: "There is no API key with this id." }],
};
