"use client";

import { type ReactNode, Suspense } from "react";
import { createLazyPart } from "#lib/lazy-part";

export interface PhoneMenuProps {
  onClose: () => void;
  children: ReactNode;
}

/** The side bar as a sheet. */
const PhoneMenuOverlay = createLazyPart<PhoneMenuProps>(
  async () => (await import("./phone-menu-overlay")).PhoneMenuOverlay,
);

export const preloadPhoneMenu = PhoneMenuOverlay.preload;

export function PhoneMenu(props: PhoneMenuProps) {
  return (
    <Suspense>
      <PhoneMenuOverlay {...props} />
    </Suspense>
  );
}
