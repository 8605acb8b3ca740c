"use client";

import { ChevronDown, ChevronUp, X } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { useIsNarrow } from "#lib/media-query";
import { useStoredPreference } from "#lib/stored-preference";

interface DetailSheetProps {
  title: ReactNode;
  /** The sheet's name, for screen readers. */
  label: string;
  onClose: () => void;
  /** The walk through the list; null at its ends. */
  onPrevious?: (() => void) | null;
  onNext?: (() => void) | null;
  /** In the sheet's head: its actions. */
  actions?: ReactNode;
  children: ReactNode;
}

const defaultWidth = 640;
const minWidth = 420;
const maxWidth = 1_100;
const widthStep = 40;

function clampWidth(width: number): number {
  return Math.round(Math.min(Math.max(width, minWidth), maxWidth));
}

/**
 * Details beside the list they belong to, which stays usable; on phones over all of it. Its width is kept in this
 * browser. Escape closes it, and the focus goes back to the row.
 */
export function DetailSheet({ title, label, onClose, onPrevious, onNext, actions, children }: DetailSheetProps) {
  const t = useTranslations("detail");
  const isNarrow = useIsNarrow();
  const [stored, setStored] = useStoredPreference("console.detail-width");
  const width = clampWidth(Number(stored ?? defaultWidth) || defaultWidth);
  const sheet = useRef<HTMLElement>(null);
  useEffect(() => {
    const previous = document.activeElement;
    sheet.current?.focus({ preventScroll: true });
    return () => {
      if (previous instanceof HTMLElement && previous.isConnected) previous.focus({ preventScroll: true });
    };
  }, []);
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      // A toast calls itself a dialog too, though one that is not in the way.
      const inOverlay = document.querySelector(
        '[role="dialog"]:not([aria-modal="false"]), [role="alertdialog"], [role="menu"], [role="listbox"]',
      );
      if (inOverlay === null) onClose();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [onClose]);
  const resize = (event: PointerEvent<HTMLElement>) => {
    if (event.buttons !== 1) return;
    setStored(String(clampWidth(window.innerWidth - event.clientX)));
  };
  const resizeByKey = (event: KeyboardEvent) => {
    const step = { ArrowLeft: widthStep, ArrowRight: -widthStep }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setStored(String(clampWidth(width + step)));
  };
  return (
    <aside
      ref={sheet}
      data-detail
      tabIndex={-1}
      aria-label={label}
      style={isNarrow ? undefined : { width, maxWidth: "calc(100vw - 18rem)" }}
      className="fixed inset-y-0 right-0 z-30 flex animate-slide-from-end flex-col border-l bg-surface shadow-xl outline-none max-lg:inset-x-0 max-lg:z-40 max-lg:border-l-0"
    >
      {!isNarrow && (
        // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved has no element of its own
        <div
          role="separator"
          aria-orientation="vertical"
          aria-label={t("resize")}
          aria-valuenow={width}
          aria-valuemin={minWidth}
          aria-valuemax={maxWidth}
          tabIndex={0}
          onKeyDown={resizeByKey}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={resize}
          className="absolute inset-y-0 -left-1 z-10 w-2 cursor-col-resize touch-none hover:bg-line focus-visible:bg-accent"
        />
      )}
      <header className="flex min-h-12 items-center gap-1 border-b py-1.5 pr-2 pl-4">
        <div className="mr-auto min-w-0 flex-1 truncate text-body font-semibold">{title}</div>
        {actions}
        {onPrevious !== undefined && (
          <Button
            variant="ghost"
            size="icon"
            aria-label={t("previous")}
            title={`${t("previous")} (k)`}
            isDisabled={onPrevious === null}
            onClick={() => onPrevious?.()}
          >
            <ChevronUp aria-hidden />
          </Button>
        )}
        {onNext !== undefined && (
          <Button
            variant="ghost"
            size="icon"
            aria-label={t("next")}
            title={`${t("next")} (j)`}
            isDisabled={onNext === null}
            onClick={() => onNext?.()}
          >
            <ChevronDown aria-hidden />
          </Button>
        )}
        <Button variant="ghost" size="icon" aria-label={t("close")} title={`${t("close")} (Esc)`} onClick={onClose}>
          <X aria-hidden />
        </Button>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
    </aside>
  );
}

/** One titled part of a sheet. */
export function DetailSection({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="border-b px-4 py-4 last:border-b-0">
      <div className="mb-2.5 flex items-center gap-2">
        <h3 className="mr-auto text-small font-semibold">{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** Labels and values, one a line. */
export function FactList({ facts }: { facts: readonly (readonly [string, ReactNode] | null)[] }) {
  return (
    <dl className="grid grid-cols-[8.5rem_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-small">
      {facts.map((fact) =>
        fact === null ? null : (
          <div key={fact[0]} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-foreground-soft">{fact[0]}</dt>
            <dd className="min-w-0 break-words">{fact[1]}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
