/** What an element scrolls in; null where that is the page itself. */
export function findScroller(element: Element): HTMLElement | null {
  const { body } = document;
  for (let parent = element.parentElement; parent !== null && parent !== body; parent = parent.parentElement) {
    if (/auto|scroll/u.test(getComputedStyle(parent).overflowY)) return parent;
  }
  return null;
}
