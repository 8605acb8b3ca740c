/** What is left to a column that has a share of the table, or what the others leave. */
const sharedRem = 9;

/** How narrow a table may become, as a CSS length, from its columns' widths in `rem` and `%`: below it, it is scrolled. */
export function minTableWidth(widths: readonly (string | undefined)[]): string {
  const rems = widths.map((width) => (width?.endsWith("rem") ? Number.parseFloat(width) : sharedRem));
  return `${rems.reduce((sum, rem) => sum + rem, 0)}rem`;
}
