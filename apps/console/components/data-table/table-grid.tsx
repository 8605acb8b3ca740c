"use client";

import type { RowData } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { Checkbox } from "#components/ui/checkbox";
import { classNames } from "#lib/class-names";
import type { DataColumn, SortOrder } from "./data-column";
import { FocusedText } from "./focused-text";
import { GridRow } from "./grid-row";
import { type ListProps, virtualFrom } from "./list-props";
import { minTableWidth } from "./min-table-width";
import { stickyClass } from "./sticky-class";
import { tickRem } from "./tick-rem";
import { useCutTitles } from "./use-cut-titles";
import { useRowPress } from "./use-row-press";

const heights = { single: 40, double: 52 } as const;
const tickWidth = `${tickRem}rem`;

/** The list as a table, with its head and first column in sight while it is scrolled. */
export function TableGrid<Data extends RowData>(props: ListProps<Data>) {
  const { columns, rows, rowHeight = "single", isSelectable, openId = null } = props;
  const t = useTranslations("table");
  const scroller = useRef<HTMLDivElement>(null);
  useRowPress(scroller);
  useCutTitles(scroller);
  const isVirtual = rows.length > virtualFrom;
  const height = heights[rowHeight];
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    enabled: isVirtual,
    // Rendering within the scroll event would hold the frame up.
    useFlushSync: false,
  });
  const openIndex = openId === null ? -1 : rows.findIndex(({ id }) => id === openId);
  useEffect(() => {
    if (isVirtual && openIndex >= 0) virtualizer.scrollToIndex(openIndex, { align: "auto" });
  }, [isVirtual, openIndex, virtualizer]);
  const items = virtualizer.getVirtualItems();
  const shown = isVirtual ? items.map(({ index }) => index) : rows.map((_row, index) => index);
  const before = isVirtual ? (items[0]?.start ?? 0) : 0;
  const after = isVirtual ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  return (
    <div
      ref={scroller}
      className={classNames(
        "relative overflow-auto overscroll-x-contain",
        props.maxHeightClassName ?? "max-h-[max(24rem,calc(100dvh-9rem))]",
      )}
    >
      <table
        aria-rowcount={rows.length + 1}
        style={{
          minWidth: minTableWidth([...(isSelectable ? [tickWidth] : []), ...columns.map(({ width }) => width)]),
        }}
        className={classNames(
          "w-full table-fixed border-separate border-spacing-0 text-left text-small",
          props.isDimmed && "opacity-60",
        )}
      >
        <caption className="sr-only">{props.caption}</caption>
        <colgroup>
          {isSelectable && <col style={{ width: tickWidth }} />}
          {columns.map(({ id, width }) => (
            <col key={id} style={width === undefined ? undefined : { width }} />
          ))}
        </colgroup>
        <thead className="sticky top-0 z-10">
          <tr aria-rowindex={1} className="h-8 text-label text-foreground-soft [&>th]:border-b [&>th]:bg-surface">
            {isSelectable && (
              <th scope="col" className="sticky left-0 z-1 pr-0 pl-4">
                <Checkbox
                  label={t("selectAll")}
                  isChecked={props.allSelected === "all"}
                  isMixed={props.allSelected === "some"}
                  onChange={props.onSelectAll}
                />
              </th>
            )}
            {columns.map((column) => (
              <HeaderCell
                key={column.id}
                column={column}
                className={stickyClass(column, isSelectable)}
                order={props.order}
                onToggleSort={props.onToggleSort}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Spacer height={before} columns={columns.length + 1} />}
          {shown.map((index) => {
            const row = rows[index];
            return row === undefined ? null : (
              <GridRow
                key={row.id}
                columns={columns}
                rowLabel={props.rowLabel}
                href={props.href}
                onOpen={props.onOpen}
                isSelectable={isSelectable}
                isSelected={row.getIsSelected()}
                row={row}
                index={index}
                height={height}
                isOpen={row.id === openId}
              />
            );
          })}
          {after > 0 && <Spacer height={after} columns={columns.length + 1} />}
        </tbody>
        {props.totals !== undefined && (
          <TotalsRow columns={columns} totals={props.totals} isSelectable={isSelectable} />
        )}
      </table>
      {props.footer}
      <FocusedText scroller={scroller} />
    </div>
  );
}

interface TotalsRowProps<Data> {
  columns: readonly DataColumn<Data>[];
  totals: Data;
  isSelectable: boolean;
}

function TotalsRow<Data>({ columns, totals, isSelectable }: TotalsRowProps<Data>) {
  return (
    <tfoot className="sticky bottom-0 z-2">
      <tr className="h-10 font-medium [&>td]:border-t [&>td]:bg-surface">
        {isSelectable && <td />}
        {columns.map((column) => (
          <td
            key={column.id}
            className={classNames(
              "truncate px-3 first:pl-4 last:pr-4",
              column.align === "end" && "text-right tabular-nums",
              stickyClass(column, isSelectable),
            )}
          >
            {column.cell(totals)}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  return (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

interface HeaderCellProps<Data> {
  column: DataColumn<Data>;
  className: string;
  order: SortOrder | null;
  onToggleSort: (id: string) => void;
}

function HeaderCell<Data extends RowData>({ column, className, order, onToggleSort }: HeaderCellProps<Data>) {
  const { id, header, align, sortValue, isSortedByGateway = false } = column;
  const isSorted = order?.id === id;
  const Arrow = order?.desc === true ? ArrowDown : ArrowUp;
  const isSortable = sortValue !== undefined || isSortedByGateway;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (order.desc ? "descending" : "ascending") : undefined}
      className={classNames("px-3 font-medium first:pl-4 last:pr-4", align === "end" && "text-right", className)}
    >
      {isSortable ? (
        <button
          type="button"
          onClick={() => onToggleSort(id)}
          className={classNames(
            "inline-flex h-8 max-w-full items-center gap-1 hover:text-foreground",
            align === "end" && "flex-row-reverse",
            isSorted && "text-foreground",
          )}
        >
          <span className="truncate">{header}</span>
          {isSorted && <Arrow aria-hidden className="size-3.5 shrink-0" />}
        </button>
      ) : (
        <span className="block truncate">{header}</span>
      )}
    </th>
  );
}
