import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createItemIdPinner } from "./pin-item-ids.js";

const event = (data: object): string => `event: x\ndata: ${JSON.stringify(data)}\n\n`;

/** A stream in which the item at each place is called by `name` of its place and the event's number. */
function stream(name: (outputIndex: number, event: number) => string): string {
  const item = (output_index: number, number: number, more: object = {}) => ({
    type: "message",
    id: name(output_index, number),
    ...more,
  });
  return [
    event({ type: "response.created", response: { id: "resp_1", output: [] } }),
    event({ type: "response.output_item.added", output_index: 0, item: item(0, 1) }),
    event({ type: "response.output_text.delta", item_id: name(0, 2), output_index: 0, delta: 'ü "item_id":"no" 😀' }),
    ": a comment\n\n",
    event({ type: "response.output_item.added", output_index: 1, item: item(1, 3) }),
    event({ type: "response.output_text.delta", output_index: 1, delta: "b", item_id: name(1, 4) }),
    event({ type: "response.output_item.done", output_index: 0, item: item(0, 5, { content: [{ text: "日本" }] }) }),
    event({ type: "response.output_item.done", output_index: 1, item: item(1, 6) }),
    event({ type: "response.completed", response: { id: "resp_1", output: [item(0, 7), item(1, 8)] } }),
  ].join("");
}

function run(text: string, cuts: readonly number[] = []): string {
  const bytes = Buffer.from(text);
  const pinner = createItemIdPinner();
  const places = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
  const chunks = places.slice(1).map((end, index) => pinner.push(bytes.subarray(places[index], end)));
  return Buffer.concat([...chunks, pinner.finish()]).toString();
}

const rotating = stream((outputIndex, number) => `msg_${outputIndex}_${number}`);
const pinned = stream((outputIndex) => (outputIndex === 0 ? "msg_0_1" : "msg_1_3"));

describe("item ids of a Responses stream", () => {
  test("stay those of the item's first event", () => {
    expect(run(rotating)).toBe(pinned);
  });

  test("however the bytes are cut", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 12 }), (cuts) => {
        expect(run(rotating, cuts)).toBe(pinned);
      }),
    );
  });

  test("with CRLF line ends as well", () => {
    expect(run(rotating.replaceAll("\n", "\r\n"))).toBe(pinned.replaceAll("\n", "\r\n"));
  });

  test("are left alone, byte for byte, where they do not change", () => {
    const chunk = Buffer.from(pinned.replaceAll('":', '" : '));
    expect(createItemIdPinner().push(chunk)).toBe(chunk);
  });

  test("and a last line without its end comes at the end, broken or not", () => {
    const cut = 'data: {"type":"response.completed","resp';
    expect(run(`${pinned}${cut}`)).toBe(`${pinned}${cut}`);
    expect(run(rotating.trimEnd())).toBe(pinned.trimEnd());
  });
});
