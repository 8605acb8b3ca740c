import { type JsonObject, wires } from "@copilot-llm/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { peekRequest } from "./exchange/peek-request.js";
import { wireOf } from "./exchange/protocols.js";
import { translateResponse } from "./exchange/translate-response.js";
import { answerIds } from "./testing/answer-ids.js";
import { answerPlan } from "./testing/answer-plan.js";
import { canonicalRequest } from "./testing/canonical-arbitraries.js";
import { catalogueModel } from "./testing/catalogue-model.js";
import { corpusAnswer, readCorpus } from "./testing/corpus.js";
import { fitRequest } from "./testing/fit-request.js";
import { propertyRuns } from "./testing/property-runs.js";
import { translateRequest } from "./testing/translate-request.js";

describe("requests", () => {
  it.each(wires)("%s: decoding what was encoded gives the same request, without a warning", (wire) => {
    const codec = wireOf(wire);
    fc.assert(
      fc.property(canonicalRequest(wire), (request) => {
        const { body, warnings } = codec.encodeRequest(request);
        const decoded = codec.decodeRequest(JSON.parse(JSON.stringify(body)));
        expect(decoded).toEqual({ request, warnings: [] });
        expect(warnings).toEqual([]);
      }),
      propertyRuns(100),
    );
  });
});

const junk = fc.oneof(
  fc.constantFrom(null, true, -1, 1.5, "", "x", "data:;base64,", [], [null], {}, { type: "text" }, [{ type: "image" }]),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Walks down `places` and puts `replacement` where the walk ends. */
function tamper(root: unknown, places: readonly number[], replacement: unknown): void {
  let holder = root;
  for (const [depth, place] of places.entries()) {
    if (typeof holder !== "object" || holder === null) return;
    const keys = Object.keys(holder);
    const key = keys[place % Math.max(1, keys.length)];
    if (key === undefined) return;
    const inner: unknown = Reflect.get(holder, key);
    if (depth === places.length - 1 || typeof inner !== "object" || inner === null) {
      Reflect.set(holder, key, structuredClone(replacement));
      return;
    }
    holder = inner;
  }
}

describe("decoders on what they do not expect", () => {
  const changes = fc.array(fc.tuple(fc.array(fc.nat(20), { minLength: 1, maxLength: 6 }), junk), { maxLength: 3 });
  const model = catalogueModel();

  it.each(wires)("%s: a request is translated or refused with a typed error", (wire) => {
    fc.assert(
      fc.property(canonicalRequest(wire), changes, fc.constantFrom(...wires), (request, tampers, upstream) => {
        const body: JsonObject = JSON.parse(JSON.stringify(wireOf(wire).encodeRequest(request).body));
        for (const [places, replacement] of tampers) tamper(body, places, replacement);
        try {
          peekRequest(wire, Buffer.from(JSON.stringify(body)));
          fitRequest(wire, body);
          translateRequest(wire, upstream, body, { modelId: "m", model });
        } catch (error) {
          expect(error).toMatchObject({ name: "GatewayError", code: "invalid_request" });
        }
      }),
      propertyRuns(100),
    );
  });

  it.each(wires)("%s: an answer is read or refused with a typed error", (wire) => {
    const [conversation] = readCorpus().filter(({ name }) => name === "reasoning-with-tools");
    if (conversation === undefined) throw new Error("the corpus lacks a conversation");
    const context = { ...answerIds(), model: "m", includeUsage: true, estimatedInputTokens: 1 };
    const answer = JSON.stringify(wireOf(wire).encodeResponse(corpusAnswer(conversation, wire), context));
    fc.assert(
      fc.property(changes, fc.constantFrom(...wires), (tampers, protocol) => {
        const body: JsonObject = JSON.parse(answer);
        for (const [places, replacement] of tampers) tamper(body, places, replacement);
        try {
          translateResponse(answerPlan(protocol, wire), Buffer.from(JSON.stringify(body)), answerIds());
        } catch (error) {
          expect(error).toMatchObject({ name: "GatewayError", code: "upstream_error" });
        }
      }),
      propertyRuns(100),
    );
  });
});
