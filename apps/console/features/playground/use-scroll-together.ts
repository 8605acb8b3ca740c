import { type RefObject, useEffect } from "react";
import { ledUpEvent } from "#lib/long-list";

const logSelector = "[role=log]";
const leads = ["wheel", "pointerdown", "touchstart", "keydown", "focusin"] as const;

/**
 * Scrolls the conversations in a box together, each to the same share of its length. The one that somebody uses leads:
 * what the others do, led or by themselves, moves nothing.
 */
export function useScrollTogether(box: RefObject<HTMLElement | null>, isCompared: boolean): void {
  useEffect(() => {
    const element = box.current;
    if (!isCompared || element === null) return;
    let leader: HTMLElement | null = null;
    const lead = ({ target }: Event) => {
      const column = target instanceof Element ? target.closest("section") : null;
      leader = column?.querySelector<HTMLElement>(logSelector) ?? null;
    };
    const onScroll = ({ target }: Event) => {
      if (leader === null || target !== leader) return;
      const rangePx = leader.scrollHeight - leader.clientHeight;
      if (rangePx <= 0) return;
      const share = Math.min(1, leader.scrollTop / rangePx);
      for (const log of element.querySelectorAll<HTMLElement>(logSelector)) if (log !== leader) leadTo(log, share);
    };
    const controller = new AbortController();
    const options = { capture: true, passive: true, signal: controller.signal };
    for (const name of leads) element.addEventListener(name, lead, options);
    // It does not bubble.
    element.addEventListener("scroll", onScroll, options);
    return () => controller.abort();
  }, [box, isCompared]);
}

function leadTo(log: HTMLElement, share: number): void {
  const topPx = Math.round(share * (log.scrollHeight - log.clientHeight));
  if (Math.abs(topPx - log.scrollTop) < 1) return;
  if (topPx < log.scrollTop) log.dispatchEvent(new Event(ledUpEvent));
  log.scrollTo({ top: topPx, behavior: "instant" });
}
