"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";

/** A key whose value is known in this tab: it was just made, or pasted here. */
export interface HeldKey {
  id: string | null;
  alias: string;
  secret: string;
}

interface HeldKeyState {
  held: HeldKey | null;
  hold: (key: HeldKey | null) => void;
}

const HeldKeyContext = createContext<HeldKeyState>({ held: null, hold: () => undefined });

/**
 * Keeps one key's value in the memory of this tab, so that snippets can be filled in and tried. It is in no address, no
 * storage and no cache, and gone with a reload.
 */
export function HeldKeyProvider({ children }: { children: ReactNode }) {
  const [held, hold] = useState<HeldKey | null>(null);
  const state = useMemo(() => ({ held, hold }), [held]);
  return <HeldKeyContext value={state}>{children}</HeldKeyContext>;
}

export function useHeldKey(): HeldKeyState {
  return useContext(HeldKeyContext);
}
