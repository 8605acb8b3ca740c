import { type FocusEvent, type ReactNode, useCallback, useEffect, useRef } from "react";
import type { KeptFolds } from "./use-kept-folds";

interface LongListRowProps {
  index: number;
  rowKey: string;
  /** Below the start of the list; null where the rows stand one below the other by themselves. */
  startPx: number | null;
  className?: string | undefined;
  setSize: number;
  isLive: boolean;
  folds: KeptFolds;
  measure: (element: HTMLElement | null) => void;
  onFocus: (key: string | null) => void;
  children: ReactNode;
}

/** One row of a long list, told as one of all. */
export function LongListRow(props: LongListRowProps) {
  const { index, rowKey, startPx, className, setSize, folds, measure, onFocus } = props;
  const row = useRef<HTMLLIElement>(null);
  const attach = useCallback(
    (element: HTMLLIElement | null) => {
      row.current = element;
      if (element !== null) folds.restore(element, rowKey);
      measure(element);
    },
    [folds, rowKey, measure],
  );
  useEffect(() => {
    const element = row.current;
    if (element === null) return;
    const note = ({ target }: Event) => {
      if (target !== null) folds.note(element, rowKey, target);
    };
    // It does not bubble.
    element.addEventListener("toggle", note, { capture: true });
    return () => element.removeEventListener("toggle", note, { capture: true });
  }, [folds, rowKey]);
  return (
    <li
      ref={attach}
      data-index={index}
      tabIndex={-1}
      aria-posinset={index + 1}
      aria-setsize={setSize}
      aria-live={props.isLive ? "polite" : undefined}
      className={startPx === null ? className : `absolute inset-x-0 top-0 ${className ?? ""}`}
      style={startPx === null ? undefined : { transform: `translateY(${startPx}px)` }}
      onFocus={() => onFocus(rowKey)}
      onBlur={({ currentTarget, relatedTarget }: FocusEvent) => {
        if (!currentTarget.contains(relatedTarget)) onFocus(null);
      }}
    >
      {props.children}
    </li>
  );
}
