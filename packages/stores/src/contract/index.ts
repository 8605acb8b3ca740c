// The suite that every backend passes. The test runner and the backend are handed in; nothing here knows either.
export { createManualClock, type ManualClock } from "@copilot-llm/model/testing";
export {
  sampleCharges,
  sampleEntry,
  sampleEvent,
  sampleKey,
  sampleRecord,
  sampleRequestId,
  sampleReservation,
  sampleStartMs,
  sampleToken,
  sampleUser,
} from "./samples.js";
export { storesContract } from "./stores-contract.js";
export type { CreateStores, StoresUnderTest, TestApi, WriteFaults } from "./test-api.js";
