import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Rotation, type RotationSlot } from "./rotation.js";

function createSlots(count: number): RotationSlot[] {
  return Array.from({ length: count }, () => ({ turns: 0, directed: 0, placedAt: 0 }));
}

function next(rotation: Rotation, slots: readonly RotationSlot[]): RotationSlot {
  let first = slots[0];
  if (first === undefined) throw new Error("no slot");
  for (const slot of slots) if (rotation.isBefore(slot, first)) first = slot;
  rotation.place(first);
  return first;
}

function countTurns(rotation: Rotation, slots: readonly RotationSlot[], turns: number): Map<RotationSlot, number> {
  const counts = new Map(slots.map((slot) => [slot, 0]));
  for (let turn = 0; turn < turns; turn += 1) {
    const slot = next(rotation, slots);
    counts.set(slot, (counts.get(slot) ?? 0) + 1);
  }
  return counts;
}

describe("rotation", () => {
  it("gives every slot its turn before any has a second one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 400 }), (size, turns) => {
        const counts = [...countTurns(new Rotation(), createSlots(size), turns).values()];
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("stays even among those present, whatever subsets took turns before", () => {
    const history = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 8 }), {
      maxLength: 80,
    });
    fc.assert(
      fc.property(history, (subsets) => {
        const rotation = new Rotation();
        const slots = createSlots(8);
        for (const subset of subsets)
          next(
            rotation,
            subset.flatMap((index) => slots[index] ?? []),
          );
        // A slot may be one turn ahead of the level; after one round all are even.
        countTurns(rotation, slots, slots.length);
        const counts = [...countTurns(rotation, slots, 10 * slots.length).values()];
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("does not make a slot catch up that was away", () => {
    const rotation = new Rotation();
    const [a, b] = createSlots(2);
    if (a === undefined || b === undefined) throw new Error("no slots");
    countTurns(rotation, [a], 1_000);
    const counts = countTurns(rotation, [a, b], 10);
    expect([counts.get(a), counts.get(b)]).toEqual([5, 5]);
  });

  it("lets a few directed requests pass and charges many as turns", () => {
    const rotation = new Rotation();
    const [a, b] = createSlots(2);
    if (a === undefined || b === undefined) throw new Error("no slots");
    for (let count = 0; count < 30; count += 1) rotation.direct(a);
    expect([...countTurns(rotation, [a, b], 20).values()]).toEqual([10, 10]);
    for (let count = 0; count < 970; count += 1) rotation.direct(a);
    const counts = countTurns(rotation, [a, b], 1_000);
    expect(Math.abs((counts.get(a) ?? 0) + 1_000 - (counts.get(b) ?? 0))).toBeLessThanOrEqual(64);
  });
});
