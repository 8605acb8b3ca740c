/** What is left at least to a column that has a share of the table, and to one that takes what the others leave. */
const shareRem = 9;
const restRem = 12;

/** How narrow a table may become, from its columns' widths in `rem` and `%`: below it, it is scrolled. */
export function minTableWidthRem(widths: readonly (string | undefined)[]): number {
  const rems = widths.map((width) => {
    if (width === undefined) return restRem;
    return width.endsWith("rem") ? Number.parseFloat(width) : shareRem;
  });
  return rems.reduce((sum, rem) => sum + rem, 0);
}

/** The same as a CSS length. */
export function minTableWidth(widths: readonly (string | undefined)[]): string {
  return `${minTableWidthRem(widths)}rem`;
}
