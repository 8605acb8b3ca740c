import type { CatalogueModel } from "@copilot-llm/model";
import type { RequestPeek } from "@copilot-llm/protocols";
import { describe, expect, test } from "vitest";
import type { RequestTrace } from "./request-trace.js";
import { reserveLimits } from "./reserve-limits.js";
import type { ServeOptions } from "./serve-options.js";

const peek = {} as RequestPeek;
const model = {} as CatalogueModel;
const trace = { call: { principal: { kind: "legacy_key" } } } as unknown as RequestTrace;
const optionsWith = (servesUnrecorded: boolean): ServeOptions =>
  ({
    servesUnrecorded,
    stores: { health: () => ({ ok: false, reason: "The disk is full." }) },
  }) as unknown as ServeOptions;

describe("while requests cannot be recorded", () => {
  test("new ones are refused, without telling the client about our disk", async () => {
    const refused = reserveLimits(optionsWith(false), trace, peek, model);
    await expect(refused).rejects.toMatchObject({ code: "unavailable", message: expect.not.stringContaining("disk") });
  });

  test("they go on where the operator wants that", async () => {
    await expect(reserveLimits(optionsWith(true), trace, peek, model)).resolves.toBeUndefined();
  });
});
