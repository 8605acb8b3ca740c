import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { classNames } from "#lib/class-names";

export interface Tab<Id extends string> {
  id: Id;
  label: ReactNode;
  content: ReactNode;
}

interface TabsProps<Id extends string> {
  label: string;
  tabs: readonly Tab<Id>[];
  /** Which one is open; kept inside when it is not given. */
  selected?: Id;
  onSelect?: (id: Id) => void;
  look?: "pill" | "line";
  className?: string;
}

/** A row of tabs, moved through with the arrow keys. */
export function Tabs<Id extends string>({ label, tabs, selected, onSelect, look = "pill", className }: TabsProps<Id>) {
  const baseId = useId();
  const list = useRef<HTMLDivElement>(null);
  const [own, setOwn] = useState<Id | undefined>(tabs[0]?.id);
  const current = tabs.find(({ id }) => id === (selected ?? own)) ?? tabs[0];
  if (current === undefined) return null;
  const select = (id: Id) => {
    setOwn(id);
    onSelect?.(id);
  };
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const index = tabs.indexOf(current);
    const next =
      event.key === "Home"
        ? tabs[0]
        : event.key === "End"
          ? tabs.at(-1)
          : step === undefined
            ? undefined
            : tabs[(index + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    select(next.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${CSS.escape(next.id)}"]`)?.focus();
  };
  return (
    <div className={classNames("flex min-w-0 flex-col", className)}>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        onKeyDown={move}
        className={classNames(
          "flex shrink-0 overflow-x-auto",
          look === "pill" ? "gap-1 rounded-lg bg-muted p-1" : "gap-4 border-b px-4",
        )}
      >
        {tabs.map((tab) => {
          const isCurrent = tab === current;
          return (
            <button
              key={tab.id}
              type="button"
              role="tab"
              id={`${baseId}-tab-${tab.id}`}
              data-tab={tab.id}
              aria-selected={isCurrent}
              aria-controls={`${baseId}-panel`}
              tabIndex={isCurrent ? 0 : -1}
              onClick={() => select(tab.id)}
              className={classNames(
                "whitespace-nowrap text-foreground-soft hover:text-foreground aria-selected:text-foreground pointer-coarse:h-11",
                look === "pill" &&
                  "h-7 flex-1 rounded-md px-2.5 text-label font-medium aria-selected:bg-surface-raised aria-selected:shadow-sm",
                look === "line" &&
                  "-mb-px h-9 border-b-2 border-transparent text-small font-medium outline-offset-[-2px] aria-selected:border-foreground",
              )}
            >
              {tab.label}
            </button>
          );
        })}
      </div>
      <div
        role="tabpanel"
        id={`${baseId}-panel`}
        aria-labelledby={`${baseId}-tab-${current.id}`}
        className={classNames("min-w-0", look === "pill" && "mt-2")}
      >
        {current.content}
      </div>
    </div>
  );
}
