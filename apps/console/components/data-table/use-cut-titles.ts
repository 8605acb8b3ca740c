import { type RefObject, useEffect } from "react";
import { isCut } from "./is-cut";

/** Names the titles that are ours: they go where there is room again, and others stay. */
const ownMark = "data-cut";

/** What a list has no room for is told as a whole when the pointer comes to it. */
export function useCutTitles(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    const onPointerOver = ({ target }: PointerEvent) => {
      if (!(target instanceof Element)) return;
      const marked = target.closest(`[${ownMark}]`);
      if (marked !== null) {
        marked.removeAttribute("title");
        marked.removeAttribute(ownMark);
      }
      const cut = findCut(target, element);
      const text = cut?.textContent?.trim() ?? "";
      if (cut === null || text === "" || target.closest("[title]") !== null) return;
      cut.setAttribute("title", text);
      cut.setAttribute(ownMark, "");
    };
    element.addEventListener("pointerover", onPointerOver);
    return () => element.removeEventListener("pointerover", onPointerOver);
  }, [list]);
}

function findCut(from: Element, end: Element): Element | null {
  for (let element: Element | null = from; element !== null && element !== end; element = element.parentElement) {
    if (isCut(element)) return element;
  }
  return null;
}
