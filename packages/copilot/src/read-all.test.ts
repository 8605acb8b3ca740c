import { type ByteSink, type ByteStream, GatewayError } from "@copilot-llm/model";
import { expect, it } from "vitest";
import { readAll, readStart } from "./read-all.js";

/** A body of these chunks, which then ends or fails. */
function createStream(chunks: readonly string[], error?: GatewayError) {
  const state = { aborted: false };
  const stream: ByteStream = {
    start(sink: ByteSink) {
      for (const chunk of chunks) if (!state.aborted) sink.write(Buffer.from(chunk));
      if (state.aborted) return;
      if (error === undefined) sink.end();
      else sink.fail(error);
    },
    resume: () => undefined,
    abort: () => {
      state.aborted = true;
    },
  };
  return { stream, state };
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("utf8");
const cut = new GatewayError("upstream_error", "cut");

it("gives the whole body", async () => {
  expect(text(await readAll(createStream(["a", "bc"]).stream, 3))).toBe("abc");
  expect(text(await readAll(createStream([]).stream, 3))).toBe("");
});

it("aborts a body that is too large", async () => {
  const { stream, state } = createStream(["abc", "d", "e"]);
  await expect(readAll(stream, 3)).rejects.toMatchObject({ code: "upstream_error" });
  expect(state.aborted).toBe(true);
});

it("fails as the body does", async () => {
  await expect(readAll(createStream(["a"], cut).stream, 3)).rejects.toBe(cut);
});

it("gives the start of a body that is too large or breaks off", async () => {
  const { stream, state } = createStream(["ab", "cd", "ef"]);
  expect(text(await readStart(stream, 3))).toBe("abc");
  expect(state.aborted).toBe(true);
  expect(text(await readStart(createStream(["ab"], cut).stream, 3))).toBe("ab");
});
