import { expect, it } from "vitest";
import { encodeRecordedCurl } from "./encode-recorded-curl";

it("writes a command line that no quote in the body breaks", () => {
  const command = encodeRecordedCurl("https://gateway.example", "anthropic-messages", `{"a":"it's"}`);
  expect(command).toContain("https://gateway.example/anthropic/v1/messages");
  expect(command).toContain("anthropic-version");
  expect(command.endsWith(`-d '{"a":"it'\\''s"}'`)).toBe(true);
});
