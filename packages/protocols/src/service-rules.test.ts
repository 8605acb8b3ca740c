import { type JsonObject, type Wire, wires } from "@copilot-llm/model";
import { refusalOf } from "@copilot-llm/simulator";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { peekRequest } from "./exchange/peek-request.js";
import { prepareExchange } from "./exchange/prepare-exchange.js";
import { wireOf } from "./exchange/protocols.js";
import { canonicalRequest } from "./testing/canonical-arbitraries.js";
import { clientHabits, withoutHeldFiles } from "./testing/client-habits.js";
import { corpusRequest, readCorpus } from "./testing/corpus.js";
import { propertyRuns } from "./testing/property-runs.js";
import { type SimulatedTarget, simulatedTargets } from "./testing/simulated-models.js";

/** What no change of form can carry, whoever sends it. */
const refusedForAll = ["vision-unsupported", "external-image", "prompt-too-long"];

/** What the official API of the client's own wire refuses too. */
const refusedByOwnApi: Readonly<Record<Wire, readonly string[]>> = {
  "openai-chat": ["unanswered-tool-call", "orphan-tool-message"],
  "openai-responses": ["unanswered-call", "orphan-tool-output", "max-output-tokens-too-small"],
  "anthropic-messages": ["unanswered-tool-use", "orphan-tool-result"],
};

/** The rule by which the service refuses what is sent for a client; undefined when it takes it. */
async function refusal(protocol: Wire, body: JsonObject, { simulated, endpoint, model }: SimulatedTarget) {
  const call = { protocol, operation: "generate", wireHeaders: {} } as const;
  const peek = peekRequest(protocol, Buffer.from(JSON.stringify(body)));
  const exchange = await prepareExchange(call, peek, model);
  expect(exchange.path).toBe(endpoint);
  const sent: JsonObject = JSON.parse(Buffer.from(exchange.body).toString());
  return refusalOf(endpoint, { ...sent }, simulated)?.rule;
}

function mayRefuse(rule: string | undefined, protocol: Wire, wire: Wire): boolean {
  if (rule === undefined || refusedForAll.includes(rule)) return true;
  return protocol === wire && refusedByOwnApi[wire].includes(rule);
}

describe("the service's rules", () => {
  const targets = simulatedTargets.map((target) => [`${target.simulated.id} by ${target.endpoint}`, target] as const);

  it.each(targets)("are kept by the corpus, from every protocol, for %s", async (_name, target) => {
    for (const conversation of readCorpus()) {
      for (const protocol of wires) {
        const { body } = wireOf(protocol).encodeRequest(corpusRequest(conversation, true));
        const rule = await refusal(protocol, { ...body, model: target.model.id }, target);
        expect([conversation.name, protocol, mayRefuse(rule, protocol, target.wire) ? undefined : rule]).toEqual([
          conversation.name,
          protocol,
          undefined,
        ]);
      }
    }
  });

  it.each(wires)("%s: are kept by whatever clients send, on every model", async (protocol) => {
    await fc.assert(
      fc.asyncProperty(
        canonicalRequest(protocol),
        clientHabits,
        fc.constantFrom(...simulatedTargets),
        async (request, habits, target) => {
          const { body } = wireOf(protocol).encodeRequest(habits(withoutHeldFiles(request)));
          const rule = await refusal(protocol, { ...body, model: target.model.id }, target);
          expect(mayRefuse(rule, protocol, target.wire) ? undefined : rule).toBeUndefined();
        },
      ),
      propertyRuns(150),
    );
  });
});
