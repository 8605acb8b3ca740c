import { expect, it } from "vitest";
import { sampleRecord, sampleStartMs } from "../../contract/index.js";
import { namesOf } from "../record-batch/record-names.js";
import { ownColumns } from "../record-batch/record-row.js";
import { PendingCounts } from "./pending-counts.js";
import { SlicedCounts } from "./sliced-counts.js";

const startedAt = ownColumns.indexOf("started_at_ms");

/** Of five keys and three models, over ten hours. `spread`: names that agree are as many objects as there are records. */
function createPending(isSpread: boolean): PendingCounts {
  const pending = new PendingCounts();
  const known = new Map<string, { readonly code: number; readonly values: readonly (string | null)[] }>();
  for (let sequence = 0; sequence < 200; sequence += 1) {
    const changes = { keyId: `key_${sequence % 5}`, modelUsed: `model-${sequence % 3}` };
    const values = namesOf(sampleRecord(sequence, changes));
    const names = (isSpread ? undefined : known.get(values.join("\0"))) ?? { code: sequence, values };
    known.set(values.join("\0"), names);
    const own = ownColumns.map((_, index) => (index === startedAt ? sampleStartMs + sequence * 180_000 : 1));
    pending.add(sequence, { names, own });
  }
  return pending;
}

function listSlices(sliced: SlicedCounts): readonly (readonly string[])[] {
  const slices: string[][] = [];
  for (; sliced.next !== undefined; sliced.advance()) {
    const cells = sliced.next.map(
      ({ group, span, startMs, cell }) => `${group.dimension} ${group.name} ${span} ${startMs}: ${cell.sums.join()}`,
    );
    if (cells.length > 0) slices.push(cells);
  }
  return slices;
}

it("slices are the same for the same records, however these came together, and go on at any", () => {
  const slices = listSlices(new SlicedCounts(createPending(false), 199));
  expect(slices.length).toBeGreaterThan(10);
  expect(listSlices(new SlicedCounts(createPending(true), 199))).toEqual(slices);
  for (const written of [1, 7, slices.length]) {
    expect(listSlices(new SlicedCounts(createPending(true), 199, written))).toEqual(slices.slice(written));
  }
});
