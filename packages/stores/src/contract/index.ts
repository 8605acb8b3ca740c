// The suite that every backend passes. The test runner and the backend are handed in; nothing here knows either.
export { createManualClock, type ManualClock } from "@copilot-llm/model/testing";
export {
  sampleCharges,
  sampleEntry,
  sampleKey,
  sampleRecord,
  sampleRequestId,
  sampleReservation,
  sampleStartMs,
  sampleToken,
  sampleUser,
} from "./samples.js";
export { storesContract } from "./stores-contract.js";
export type { CreateStores, StoresUnderTest, TestApi } from "./test-api.js";
