import { wires } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { createSseReader } from "../sse/sse-reader.js";
import { wireOf } from "./protocols.js";

describe("heartbeat", () => {
  it.each(wires)("%s: is a ping event for Messages and no event elsewhere", (protocol) => {
    const expected = protocol === "anthropic-messages" ? [{ event: "ping", data: '{"type":"ping"}' }] : [];
    expect(createSseReader().push(Buffer.from(wireOf(protocol).heartbeat))).toEqual(expected);
  });
});
