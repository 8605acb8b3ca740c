import { expect, it } from "vitest";
import { openBench } from "../testing/open-bench.js";
import { alertQuietMs, createClaimAlert } from "./claim-alert.js";

const refused = { code: "token_refused", subjectId: "tok_1" };

it("is granted to one of those who ask at once, and is on the trail then", async () => {
  const { stores, clock, trail } = await openBench();
  const claims = [1, 2, 3].map(() => createClaimAlert(stores.audit, clock));
  expect((await Promise.all(claims.map((claim) => claim(refused)))).filter(Boolean)).toHaveLength(1);
  expect(await trail()).toMatchObject([
    { actor: "system", action: "alert.send", subjectId: "tok_1", detail: { code: "token_refused" } },
  ]);
});

it("is granted again after an hour, by whichever hour it was", async () => {
  const { stores, clock } = await openBench();
  const claim = createClaimAlert(stores.audit, clock);
  clock.advance(alertQuietMs - 1_000);
  expect(await claim(refused)).toBe(true);
  clock.advance(2_000);
  expect(await claim(refused)).toBe(false);
  clock.advance(alertQuietMs);
  expect(await claim(refused)).toBe(true);
});

it("is granted for each matter by itself", async () => {
  const { stores, clock } = await openBench();
  const claim = createClaimAlert(stores.audit, clock);
  expect(await claim(refused)).toBe(true);
  expect(await claim({ ...refused, subjectId: "tok_2" })).toBe(true);
  expect(await claim({ code: "store_failing", subjectId: null })).toBe(true);
  expect(await claim({ code: "store_failing", subjectId: null })).toBe(false);
});
