/** What is read first of a row that begins above the edge of what is in sight. */
export interface Anchor {
  row: HTMLElement;
  element: Element;
  /** Below the start of the row. */
  offsetPx: number;
}

/** The element at the edge; null where no row reaches over it. */
export function findAnchor(list: HTMLElement, edgePx: number): Anchor | null {
  const row = [...list.querySelectorAll<HTMLElement>(":scope > [data-index]")].find((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return top < edgePx && bottom > edgePx;
  });
  if (row === undefined) return null;
  let element: Element = row;
  for (let next = firstBelow(row, edgePx); next !== undefined; next = firstBelow(next, edgePx)) {
    element = next;
    if (next.getBoundingClientRect().top >= edgePx) break;
  }
  return { row, element, offsetPx: readOffset(row, element) };
}

/** How far the anchor has moved within its row since it was found; 0 where it is gone. */
export function readAnchorShift({ row, element, offsetPx }: Anchor): number {
  return element.isConnected && row.contains(element) ? readOffset(row, element) - offsetPx : 0;
}

function readOffset(row: Element, element: Element): number {
  return element.getBoundingClientRect().top - row.getBoundingClientRect().top;
}

function firstBelow(parent: Element, edgePx: number): Element | undefined {
  return [...parent.children].find((child) => {
    const { bottom, height } = child.getBoundingClientRect();
    return height > 0 && bottom > edgePx;
  });
}
