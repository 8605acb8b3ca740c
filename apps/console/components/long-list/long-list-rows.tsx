import type { Virtualizer } from "@tanstack/react-virtual";
import type { RefObject } from "react";
import { classNames } from "#lib/class-names";
import type { LongListProps } from "#lib/long-list";
import { LongListRow } from "./long-list-row";
import { useKeptFolds } from "./use-kept-folds";
import { usePrinting } from "./use-printing";

interface LongListRowsProps<Scroller extends Element | Window> extends LongListProps {
  list: RefObject<HTMLOListElement | null>;
  virtualizer: Virtualizer<Scroller, HTMLElement>;
  onFocus: (key: string | null) => void;
}

/** The rows that are there. On paper that is all of them, one below the other. */
export function LongListRows<Scroller extends Element | Window>(props: LongListRowsProps<Scroller>) {
  const { keys, list, virtualizer, setSize, gapPx } = props;
  const folds = useKeptFolds();
  const isPrinting = usePrinting();
  const row = (index: number, startPx: number | null) => {
    const key = keys[index];
    return key === undefined ? null : (
      <LongListRow
        key={key}
        index={index}
        rowKey={key}
        startPx={startPx}
        className={props.rowClassName?.(index)}
        setSize={setSize}
        isLive={props.isLive === true && index === keys.length - 1}
        folds={folds}
        measure={virtualizer.measureElement}
        onFocus={props.onFocus}
      >
        {props.renderRow(index)}
      </LongListRow>
    );
  };
  if (isPrinting) {
    return (
      <ol ref={list} className={classNames("flex flex-col", props.className)} style={{ gap: gapPx }}>
        {keys.map((_key, index) => row(index, null))}
      </ol>
    );
  }
  return (
    <ol ref={list} className={classNames("relative", props.className)} style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map(({ index, start }) => row(index, start - virtualizer.options.scrollMargin))}
    </ol>
  );
}
