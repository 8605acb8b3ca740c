/** Dispatched on the window before the page is left within the console; who has unsaved changes prevents it and asks. */
const leaveEvent = "console-leave";

type Leave = () => void;

/** Leaves the page, unless something on it has unsaved changes: then that asks first, and leaves when told. */
export function leavePage(leave: Leave): void {
  if (window.dispatchEvent(new CustomEvent<Leave>(leaveEvent, { cancelable: true, detail: leave }))) leave();
}

/** Calls `onLeave` with the way on whenever the page is about to be left; gives the way to stop listening. */
export function guardLeave(onLeave: (leave: Leave) => void, openPath: (path: string) => void): () => void {
  const onEvent = (event: Event) => {
    if (event.defaultPrevented || !(event instanceof CustomEvent)) return;
    event.preventDefault();
    onLeave(event.detail as Leave);
  };
  const onClick = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.target === "_blank" || link.hasAttribute("download") || link.origin !== window.location.origin) return;
    if (link.pathname === window.location.pathname) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    onLeave(() => openPath(`${link.pathname}${link.search}${link.hash}`));
  };
  const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
  window.addEventListener(leaveEvent, onEvent);
  document.addEventListener("click", onClick, { capture: true });
  window.addEventListener("beforeunload", onUnload);
  return () => {
    window.removeEventListener(leaveEvent, onEvent);
    document.removeEventListener("click", onClick, { capture: true });
    window.removeEventListener("beforeunload", onUnload);
  };
}
