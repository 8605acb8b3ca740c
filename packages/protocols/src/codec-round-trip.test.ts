import { wires } from "@copilot-llm/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codecFor } from "./codec-for.js";
import { canonicalRequest } from "./testing/canonical-arbitraries.js";

const runs = Number(process.env.PROPERTY_RUNS ?? 200);

describe("requests", () => {
  it.each(wires)("%s: decoding what was encoded gives the same request, without a warning", (wire) => {
    const codec = codecFor(wire);
    fc.assert(
      fc.property(canonicalRequest(wire), (request) => {
        const { body, warnings } = codec.encodeRequest(request);
        const decoded = codec.decodeRequest(JSON.parse(JSON.stringify(body)));
        expect(decoded).toEqual({ request, warnings: [] });
        expect(warnings).toEqual([]);
      }),
      { numRuns: runs },
    );
  });
});
