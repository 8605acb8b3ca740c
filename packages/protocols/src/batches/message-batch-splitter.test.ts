import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "../testing/property-runs.js";
import { MessageBatchSplitter } from "./message-batch-splitter.js";

const limits = { maxRequestBytes: 10_000, maxItems: 100 };

/** Reads the body in chunks that end at the cuts. */
function split(body: string, cuts: readonly number[] = [], changes: Partial<typeof limits> = {}) {
  const bytes = Buffer.from(body);
  const splitter = new MessageBatchSplitter({ ...limits, ...changes });
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((one, other) => one - other);
  let from = 0;
  const found = ends.flatMap((end) => {
    const requests = splitter.push(bytes.subarray(from, end));
    from = end;
    return requests;
  });
  splitter.end();
  return found.map(({ customId, offset, length }) => ({
    customId,
    params: bytes.subarray(offset, offset + length).toString(),
  }));
}

const request = (customId: string, params: object = { model: "m" }) => ({ custom_id: customId, params });
const bodyOf = (...requests: readonly unknown[]) => JSON.stringify({ requests });

describe("the body of a message batch", () => {
  it("gives its requests as they are written, wherever its chunks end", () => {
    const params = fc.dictionary(fc.string(), fc.jsonValue()).map((value) => ({ ...value, stream: false }));
    fc.assert(
      fc.property(
        fc.array(params, { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(), { maxLength: 8 }),
        fc.constantFrom(0, 1),
        (all, cuts, indent) => {
          const requests = all.map((value, index) => request(`id-${index}`, value));
          const body = { other: [{ requests: [1] }, "requests"], requests, last: null };
          const found = split(JSON.stringify(body, null, indent), cuts);
          expect(found.map(({ customId }) => customId)).toEqual(requests.map(({ custom_id }) => custom_id));
          expect(found.map((one) => JSON.parse(one.params))).toEqual(JSON.parse(JSON.stringify(all)));
        },
      ),
      propertyRuns(200),
    );
  });

  it("keeps every digit", () => {
    const found = split('{"requests":[{"custom_id":"a","params":{"seed":12345678901234567890}}]}');
    expect(found).toEqual([{ customId: "a", params: '{"seed":12345678901234567890}' }]);
  });

  it.each([
    ["", "ends too early"],
    ["[]", "not a JSON object"],
    ['{"requests":[', "ends too early"],
    ["{} {}", "follows its end"],
    ['{"other":[]}', "no list `requests`"],
    ['{"requests":{}}', "no list `requests`"],
    ['{"requests":[],"requests":[]}', "twice"],
    [bodyOf(), "at least one"],
    [bodyOf(request("a"), 1), "`requests.1` must be an object"],
    ['{"requests":[{"custom_id":"a",}]}', "`requests.0`: is not a JSON object"],
    [bodyOf({ params: {} }), "`custom_id` must be"],
    [bodyOf(request("a"), request("a")), "stands there twice"],
    [bodyOf({ custom_id: "a", params: [] }), "`requests.0.params`"],
    [bodyOf(request("a", { stream: true })), "must not be true"],
  ])("is refused with what is wrong with it: %s", (body, problem) => {
    expect(() => split(body)).toThrow(problem);
  });

  it("has a limit for its requests, and for each of them", () => {
    const three = bodyOf(request("a"), request("b"), request("c"));
    expect(() => split(three, [], { maxItems: 2 })).toThrow("may have 2 entries");
    const long = bodyOf(request("a"), request("b", { text: "x".repeat(100) }));
    expect(() => split(long, [20, 60, 90], { maxRequestBytes: 100 })).toThrow("`requests.1` is larger than 100 bytes");
    expect(split(long, [20, 60, 90], { maxRequestBytes: 200 })).toHaveLength(2);
  });
});
