import { isDamage } from "../driver/sql-failure.js";
import type { PositionRange } from "./position-walk.js";

/**
 * What `read` gives for the range. Where part of the database is damaged: what it gives for the parts that are not, in
 * the same order as for the whole. `onDamage` hears of each record that cannot be read.
 */
export function readTolerantly<Row>(
  range: PositionRange,
  order: "ascending" | "descending",
  onDamage: (position: number) => void,
  read: (range: PositionRange) => readonly Row[],
): readonly Row[] {
  try {
    return read(range);
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  if (range.to - range.from <= 1) {
    onDamage(range.from);
    return [];
  }
  const middle = Math.floor((range.from + range.to) / 2);
  const halves = [
    { from: range.from, to: middle },
    { from: middle, to: range.to },
  ];
  if (order === "descending") halves.reverse();
  return halves.flatMap((half) => readTolerantly(half, order, onDamage, read));
}
