"use client";

import { ChevronsUpDown } from "lucide-react";
import { type ReactNode, Suspense, useState } from "react";
import { classNames } from "#lib/class-names";
import { createLazyPart } from "#lib/lazy-part";
import type { Option } from "./option-list";
import type { PickerOverlayProps } from "./picker-overlay-props";

const PickerOverlay = createLazyPart<PickerOverlayProps>(async () => (await import("./picker-overlay")).PickerOverlay, {
  close: ({ onClosed }) => onClosed(),
});

interface PickerProps {
  /** What is chosen; also the pop-up's search. */
  label: string;
  options: readonly Option[];
  value: string | null;
  onSelect: (value: string) => void;
  /** Shown in place of the chosen option's label. */
  shown?: ReactNode;
  placeholder?: string;
  isDisabled?: boolean;
  look?: "small" | "medium";
  id?: string;
  className?: string;
  /** Above the options: chips that narrow them. */
  children?: ReactNode;
}

/** A button that opens a searchable list of which one option holds. */
export function Picker(props: PickerProps) {
  const { label, options, value, shown, placeholder, isDisabled = false, look = "small", className } = props;
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const chosen = options.find((option) => option.value === value);
  const text = shown ?? chosen?.label ?? value ?? placeholder;
  return (
    <>
      <button
        type="button"
        id={props.id}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        aria-disabled={isDisabled || undefined}
        onPointerEnter={PickerOverlay.preload}
        onFocus={PickerOverlay.preload}
        onClick={(event) => isDisabled || setAnchor(event.currentTarget)}
        className={classNames(
          "inline-flex min-w-0 items-center gap-2 rounded-md border border-line-strong bg-surface text-left hover:bg-muted aria-disabled:opacity-60 pointer-coarse:h-11",
          look === "small" ? "h-8 px-2.5 text-small" : "h-9 px-3 text-body",
          className,
        )}
      >
        <span className="sr-only">{label}: </span>
        <span className={classNames("min-w-0 flex-1 truncate", value === null && "text-foreground-soft")}>{text}</span>
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-foreground-soft" />
      </button>
      {anchor !== null && (
        <Suspense>
          <PickerOverlay
            anchor={anchor}
            label={label}
            options={options}
            selected={value === null ? [] : [value]}
            onSelect={props.onSelect}
            onClosed={() => setAnchor(null)}
          >
            {props.children}
          </PickerOverlay>
        </Suspense>
      )}
    </>
  );
}
