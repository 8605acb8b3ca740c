import { expect, test } from "vitest";
import { keyWith } from "../testing/open-serve-bench.js";
import { recordingModeFor } from "./recording-mode.js";

test("a key may only lower what the gateway records", () => {
  expect(recordingModeFor("full", null)).toBe("full");
  expect(recordingModeFor("full", keyWith())).toBe("full");
  expect(recordingModeFor("full", keyWith({}, { recording: "metadata" }))).toBe("metadata");
  expect(recordingModeFor("metadata", keyWith({}, { recording: "full" }))).toBe("metadata");
  expect(recordingModeFor("off", keyWith({}, { recording: "metadata" }))).toBe("off");
});
