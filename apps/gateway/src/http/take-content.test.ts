import { once } from "node:events";
import { createManualClock } from "@copilot-llm/model/testing";
import { expect, test } from "vitest";
import { openExchange } from "../testing/open-exchange.js";
import { takeContent } from "./take-content.js";

test.each(["identity", "gzip"])(
  "content in %s of a client that has hung up already is not waited for",
  async (encoding) => {
    const clock = createManualClock();
    const { incoming, outgoing, leave } = openExchange("POST", "/v1/files");
    incoming.headers["content-encoding"] = encoding;
    leave();
    await once(incoming, "close");
    const read = async (content: AsyncIterable<Uint8Array>): Promise<number> => {
      let bytes = 0;
      for await (const chunk of content) bytes += chunk.length;
      return bytes;
    };
    const taken = takeContent({ incoming, outgoing }, { maxBytes: 1_000, clock }, read);
    await expect(taken).rejects.toMatchObject({ code: "client_closed" });
    expect(clock.waiting()).toBe(0);
  },
);
