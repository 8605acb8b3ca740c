/** What tells the rows apart stays in sight while the others are scrolled. */
export function stickyClass(column: { isTitle?: boolean }, isSelectable: boolean): string {
  return column.isTitle === true ? `sticky z-1 ${isSelectable ? "left-11" : "left-0"}` : "";
}
