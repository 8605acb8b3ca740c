import { describe, expect, it } from "vitest";
import { encodeRecordedCurl } from "./encode-recorded-curl";
import { parseRecordedEvents } from "./parse-recorded-events";

describe("parseRecordedEvents", () => {
  it("reads a stream, also one that was cut", () => {
    expect(parseRecordedEvents('event: ping\ndata: {"a":1}\n\n: heartbeat\n\ndata: [DONE]')).toEqual({
      shown: [
        { name: "ping", data: '{"a":1}' },
        { name: null, data: "[DONE]" },
      ],
      total: 2,
    });
  });

  it("takes JSON for no stream", () => {
    expect(parseRecordedEvents('{"data": 1}')).toBeNull();
  });
});

it("writes a command line that no quote in the body breaks", () => {
  const command = encodeRecordedCurl("https://gateway.example", "anthropic-messages", `{"a":"it's"}`);
  expect(command).toContain("https://gateway.example/anthropic/v1/messages");
  expect(command).toContain("anthropic-version");
  expect(command.endsWith(`-d '{"a":"it'\\''s"}'`)).toBe(true);
});
