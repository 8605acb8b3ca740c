import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import * as z from "zod";
import { createRecordingLog } from "../../testing/recording-log.js";
import { createTemporaryDirectory } from "../../testing/temporary-directory.js";
import { ChangeTrail, keptEventsSchema } from "./change-trail.js";
import { openJsonDocument } from "./json-document.js";

const schema = z.strictObject({ count: z.number(), events: keptEventsSchema });

describe("what a document may come to", () => {
  it("is everything that a write under way may leave, until what is there now is on disk", async () => {
    const path = join(await createTemporaryDirectory(), "count.json");
    let isHeldUp = false;
    let goOn = () => {};
    const document = await openJsonDocument<number, z.infer<typeof schema>>({
      path,
      format: { schema, migrations: [] },
      trail: new ChangeTrail(createRecordingLog()),
      requireHeld: () =>
        new Promise((resolve) => {
          if (!isHeldUp) return resolve();
          goOn = resolve;
          isHeldUp = false;
        }),
      empty: 0,
      decode: ({ count }) => count,
      encode: (count) => ({ count }),
    });
    onTestFinished(() => document.close());
    const add = () => document.update((count) => ({ data: count + 1, result: undefined }));
    expect(document.possible).toEqual([0, 0]);
    isHeldUp = true;
    const first = add();
    await expect.poll(() => isHeldUp).toBe(false);
    const second = add();
    expect(document.possible).toEqual([2, 0, 1]);
    goOn();
    await Promise.all([first, second]);
    expect(document.possible).toEqual([2, 2]);
  });
});
