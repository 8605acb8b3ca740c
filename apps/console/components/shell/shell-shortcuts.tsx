"use client";

import { Suspense, useEffect, useRef, useState } from "react";
import { useOpenPage } from "#components/use-open-page";
import { isTyping } from "#lib/is-typing";
import { keepScope } from "#lib/keep-scope";
import { createLazyPart } from "#lib/lazy-part";
import { allPages } from "./navigation";

interface ShellShortcutsProps {
  isPaletteOpen: boolean;
  onPalette: (isOpen: boolean) => void;
  onToggleSideBar: () => void;
}

/** Dispatched on the window by what wants the list of shortcuts shown. */
export const shortcutsEvent = "console-show-shortcuts";

const CommandPalette = createLazyPart<{ onClose: () => void }>(
  async () => (await import("./command-palette")).CommandPalette,
  { close: ({ onClose }) => onClose() },
);
const ShortcutsDialog = createLazyPart<{ onClose: () => void }>(
  async () => (await import("./shortcuts-dialog")).ShortcutsDialog,
  { close: ({ onClose }) => onClose() },
);

const goWithinMs = 1_000;

/** Presses what of the open details the key stands for: their actions, or the first thing that can be copied. */
function pressInDetail(key: "e" | "c"): boolean {
  const found = document.querySelector<HTMLElement>(
    key === "e" ? "[data-detail] [aria-haspopup=menu]" : "[data-detail] [data-copy]",
  );
  found?.focus();
  found?.click();
  return found !== null;
}

/** The keys that work on every page, the command palette and the list of shortcuts. */
export function ShellShortcuts({ isPaletteOpen, onPalette, onToggleSideBar }: ShellShortcutsProps) {
  const openPage = useOpenPage();
  const [isListOpen, setIsListOpen] = useState(false);
  const goUntilMs = useRef(0);
  useEffect(() => {
    const showList = () => setIsListOpen(true);
    window.addEventListener(shortcutsEvent, showList);
    return () => window.removeEventListener(shortcutsEvent, showList);
  }, []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        onPalette(true);
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.timeStamp < goUntilMs.current) {
        goUntilMs.current = 0;
        const page = allPages.find(({ shortcut }) => shortcut === event.key);
        if (page !== undefined) openPage(keepScope(page.path, window.location));
        return;
      }
      if (event.key === "g") goUntilMs.current = event.timeStamp + goWithinMs;
      else if (event.key === "?") setIsListOpen(true);
      else if (event.key === "[") onToggleSideBar();
      else if (event.key === "e" || event.key === "c") {
        if (pressInDetail(event.key)) event.preventDefault();
      } else if (event.key === "/") {
        const search =
          document.querySelector<HTMLInputElement>("[data-detail] [data-page-search]") ??
          document.querySelector<HTMLInputElement>("main [data-page-search]");
        if (search === null) return;
        event.preventDefault();
        search.focus();
        search.select();
      }
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [openPage, onPalette, onToggleSideBar]);
  return (
    <Suspense>
      {isPaletteOpen && <CommandPalette onClose={() => onPalette(false)} />}
      {isListOpen && <ShortcutsDialog onClose={() => setIsListOpen(false)} />}
    </Suspense>
  );
}
