/** Whether an element has no room for its text, and ends it in dots. */
export function isCut(element: Element): boolean {
  return element.classList.contains("truncate") && element.scrollWidth > element.clientWidth;
}
