/** Rows under headings, in columns as wide as they need; figures to the right. */
export function encodeTable(
  headings: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  const cells = rows.map((row) => row.map((value) => (value === null ? "-" : String(value))));
  const widths = headings.map((heading, index) =>
    Math.max(heading.length, ...cells.map((row) => (row[index] ?? "").length)),
  );
  const isFigure = headings.map((_, index) => rows.some((row) => typeof row[index] === "number"));
  const encodeRow = (row: readonly string[]): string =>
    row
      .map((cell, index) => (isFigure[index] ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0)))
      .join("  ")
      .trimEnd();
  return [encodeRow(headings), ...cells.map(encodeRow)].join("\n");
}

/** An amount for people: the exact one is in the JSON. */
export function roundAmount(amount: number): number {
  return Math.round(amount * 100) / 100;
}
