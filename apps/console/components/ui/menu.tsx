"use client";

import { type ReactNode, type RefCallback, Suspense, useState } from "react";
import { createLazyPart } from "#lib/lazy-part";
import type { MenuOverlayProps } from "./menu-entry";

export type { MenuEntry } from "./menu-entry";

/** What the button that opens a menu must carry. */
interface MenuTrigger {
  ref: RefCallback<HTMLElement>;
  "aria-haspopup": "menu";
  "aria-expanded": boolean;
  onClick: () => void;
  onPointerEnter: () => void;
  onFocus: () => void;
}

interface MenuProps extends Omit<MenuOverlayProps, "anchor" | "onClosed"> {
  /** The button that opens the menu; it needs a name. */
  trigger: (control: MenuTrigger) => ReactNode;
}

const MenuOverlay = createLazyPart<MenuOverlayProps>(async () => (await import("./menu-overlay")).MenuOverlay, {
  close: ({ onClosed }) => onClosed(),
});

/**
 * A menu of actions or choices, driven by arrow keys and first letters. An action runs when the focus is back
 * on the trigger, so that a dialog opened by it returns the focus there.
 */
export function Menu({ trigger, ...overlay }: MenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      {trigger({
        ref: setAnchor,
        "aria-haspopup": "menu",
        "aria-expanded": isOpen,
        onClick: () => setIsOpen(true),
        onPointerEnter: MenuOverlay.preload,
        onFocus: MenuOverlay.preload,
      })}
      {isOpen && anchor !== null && (
        <Suspense>
          <MenuOverlay anchor={anchor} onClosed={() => setIsOpen(false)} {...overlay} />
        </Suspense>
      )}
    </>
  );
}
