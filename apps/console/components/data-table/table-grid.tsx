"use client";

import type { RowData } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { Checkbox } from "#components/ui/checkbox";
import { classNames } from "#lib/class-names";
import type { DataColumn, SortOrder } from "./data-column";
import { type ListProps, virtualFrom } from "./list-props";
import { minTableWidth } from "./min-table-width";
import { RowLink } from "./row-link";
import type { DataRow } from "./table-features";
import { useRowPress } from "./use-row-press";

const heights = { single: 40, double: 52 } as const;
const tickWidth = "2.75rem";

/** The list as a table, with its head and first column in sight while it is scrolled. */
export function TableGrid<Data extends RowData>(props: ListProps<Data>) {
  const { columns, rows, rowHeight = "single", isSelectable, openId = null } = props;
  const t = useTranslations("table");
  const scroller = useRef<HTMLDivElement>(null);
  useRowPress(scroller);
  const isVirtual = rows.length > virtualFrom;
  const height = heights[rowHeight];
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    enabled: isVirtual,
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
              <GridRow key={row.id} {...props} row={row} index={index} height={height} isOpen={row.id === openId} />
            );
          })}
          {after > 0 && <Spacer height={after} columns={columns.length + 1} />}
        </tbody>
        {props.totals !== undefined && (
          <TotalsRow columns={columns} totals={props.totals} isSelectable={isSelectable} />
        )}
      </table>
      {props.footer}
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

/** What tells the rows apart stays in sight while the others are scrolled. */
function stickyClass(column: { isTitle?: boolean }, isSelectable: boolean): string {
  return column.isTitle === true ? `sticky z-1 ${isSelectable ? "left-11" : "left-0"}` : "";
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

interface GridRowProps<Data extends RowData> extends ListProps<Data> {
  row: DataRow<Data>;
  index: number;
  height: number;
  isOpen: boolean;
}

function GridRow<Data extends RowData>({ row, index, height, isOpen, ...props }: GridRowProps<Data>) {
  const t = useTranslations("table");
  const { original } = row;
  const href = props.href?.(original);
  return (
    <tr
      aria-rowindex={index + 2}
      className={classNames(
        "group/row relative outline-accent -outline-offset-2 has-[a[data-row-link]:focus-visible]:outline-2 [&>td]:border-b",
        isOpen || row.getIsSelected() ? "bg-info-soft" : "bg-surface",
        href !== undefined && "cursor-pointer",
        href !== undefined && !isOpen && !row.getIsSelected() && "hover:bg-muted",
      )}
    >
      {props.isSelectable && (
        <td className="sticky left-0 z-1 bg-inherit pr-0 pl-4">
          <Checkbox
            label={t("select", { name: props.rowLabel(original) })}
            isChecked={row.getIsSelected()}
            onChange={(isChecked, { shiftKey }) =>
              row.getToggleSelectedHandler()({ target: { checked: isChecked }, shiftKey })
            }
          />
        </td>
      )}
      {props.columns.map((column) => {
        const content = column.cell(original);
        const isLink = column.isTitle === true && href !== undefined;
        return (
          <td
            key={column.id}
            style={{ height }}
            className={classNames(
              "truncate px-3 first:pl-4 last:pr-4",
              column.align === "end" && "text-right tabular-nums",
              column.isTitle && "bg-inherit font-medium",
              stickyClass(column, props.isSelectable),
            )}
          >
            {isLink ? (
              <RowLink id={row.id} href={href} isOpen={isOpen} onOpen={props.onOpen}>
                {content}
              </RowLink>
            ) : (
              content
            )}
          </td>
        );
      })}
    </tr>
  );
}
