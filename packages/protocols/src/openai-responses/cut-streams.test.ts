import { type Wire, wires } from "@copilot-llm/model";
import { expect, it } from "vitest";
import { answerPlan } from "../testing/answer-plan.js";
import { streamBytes } from "../testing/stream-answer.js";
import { readEvents, translateStream } from "../testing/translate-stream.js";

const answer = (type: "text" | "reasoning") =>
  ({
    metadata: { id: "u", model: "m", createdAtSeconds: 1 },
    content: [
      type === "text"
        ? { type, text: "Some words that will be cut.", cache: null }
        : { type, text: "Some thoughts that will be cut.", opaque: null },
    ],
    finish: { unified: "stop", raw: null, stopSequence: null },
    usage: { tokens: null, nanoAiu: null },
  }) as const;

/** The beginning of an answer, up to its third delta. */
function begun(wire: Wire, type: "text" | "reasoning"): Uint8Array {
  const events = Buffer.from(streamBytes(answer(type), wire))
    .toString()
    .split("\n\n");
  const deltas = events.flatMap((event, index) => (/th|words/.test(event) && /delta/.test(event) ? [index] : []));
  return Buffer.from(`${events.slice(0, (deltas[0] ?? 0) + 1).join("\n\n")}\n\n`);
}

const cases = wires.flatMap((wire) => (["text", "reasoning"] as const).map((type) => [type, wire] as const));

it.each(cases)("%s that %s ends in the middle of is never told as whole", (type, wire) => {
  const { bytes } = translateStream(answerPlan("openai-responses", wire), [begun(wire, type)]);
  const events = readEvents(bytes).map(({ data }) => JSON.parse(data));
  const types = events.map((event) => event.type);
  expect(types.filter((name) => name.endsWith(".delta")).length).toBeGreaterThan(0);
  expect(types.filter((name) => name.endsWith(".done"))).toEqual([]);
  expect(events.at(-1)).toMatchObject({ type: "response.failed", response: { status: "failed", output: [] } });
});
