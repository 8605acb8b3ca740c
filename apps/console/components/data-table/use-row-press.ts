import { type RefObject, useEffect } from "react";

const ownPress = "a, button, input, label, select, textarea, [role=button], [role=menuitem]";

/** A press anywhere in a row is one on the row's link: with Ctrl, ⌘ or the middle button it opens in a new tab. */
export function useRowPress(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    const onPress = (event: MouseEvent) => {
      if (event.button > 1 || !(event.target instanceof Element) || event.target.closest(ownPress) !== null) return;
      if (window.getSelection()?.isCollapsed === false) return;
      const link = event.target.closest("tr")?.querySelector<HTMLAnchorElement>("a[data-row-link]");
      if (link == null) return;
      if (event.button === 1 || event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
      else link.click();
    };
    element.addEventListener("click", onPress);
    element.addEventListener("auxclick", onPress);
    return () => {
      element.removeEventListener("click", onPress);
      element.removeEventListener("auxclick", onPress);
    };
  }, [list]);
}
