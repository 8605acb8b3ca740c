"use client";

import { Suspense } from "react";
import { createLazyPart } from "#lib/lazy-part";
import type { PhoneMenuProps } from "./phone-menu-props";

/** The side bar as a sheet. */
const PhoneMenuOverlay = createLazyPart<PhoneMenuProps>(
  async () => (await import("./phone-menu-overlay")).PhoneMenuOverlay,
  { close: ({ onClose }) => onClose() },
);

export const preloadPhoneMenu = PhoneMenuOverlay.preload;

export function PhoneMenu(props: PhoneMenuProps) {
  return (
    <Suspense>
      <PhoneMenuOverlay {...props} />
    </Suspense>
  );
}
