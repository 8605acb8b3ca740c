import { type RefObject, useEffect, useState } from "react";
import { isCut } from "./is-cut";

interface Place {
  text: string;
  left: number;
  top: number;
  maxWidth: number;
}

/**
 * What a row's link has no room for, as a whole and in its place, while the keyboard is on it. Screen readers have the
 * link's whole name anyway.
 */
export function FocusedText({ scroller }: { scroller: RefObject<HTMLElement | null> }) {
  const [place, setPlace] = useState<Place | null>(null);
  useEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const onFocus = ({ target }: FocusEvent) => {
      const isLink = target instanceof HTMLElement && target.matches("[data-row-link]:focus-visible");
      setPlace(isLink ? findPlace(target, box) : null);
    };
    const end = () => setPlace(null);
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === "Escape") end();
    };
    box.addEventListener("focusin", onFocus);
    box.addEventListener("focusout", end);
    box.addEventListener("pointerdown", end);
    box.addEventListener("keydown", onKey);
    return () => {
      box.removeEventListener("focusin", onFocus);
      box.removeEventListener("focusout", end);
      box.removeEventListener("pointerdown", end);
      box.removeEventListener("keydown", onKey);
    };
  }, [scroller]);
  if (place === null) return null;
  const { text, ...style } = place;
  return (
    <span
      aria-hidden
      style={style}
      className="pointer-events-none absolute z-3 rounded bg-surface-raised px-1 text-small font-medium break-words whitespace-pre-line shadow outline-2 outline-accent"
    >
      {text}
    </span>
  );
}

/** Where the whole text goes: on the cut one, as wide as the list has room for. Null where nothing is cut. */
function findPlace(link: HTMLElement, box: HTMLElement): Place | null {
  const cut = [link, ...link.querySelectorAll("*")].filter(isCut);
  const [first] = cut;
  if (first === undefined) return null;
  const from = first.getBoundingClientRect();
  const within = box.getBoundingClientRect();
  const left = from.left - within.left - paddingPx;
  return {
    text: cut.map((element) => element.textContent).join("\n"),
    left: left + box.scrollLeft,
    top: from.top - within.top + box.scrollTop,
    maxWidth: box.clientWidth - left - paddingPx,
  };
}

const paddingPx = 4;
