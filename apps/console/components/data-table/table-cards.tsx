"use client";

import type { RowData } from "@tanstack/react-table";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Checkbox } from "#components/ui/checkbox";
import { classNames } from "#lib/class-names";
import type { DataColumn } from "./data-column";
import { type ListProps, virtualFrom } from "./list-props";
import { RowLink } from "./row-link";
import type { DataRow } from "./table-features";

const estimatedHeight = 116;

/** The list on a phone: a card a row, of a title, its state, and labelled lines. */
export function TableCards<Data extends RowData>(props: ListProps<Data>) {
  const { rows } = props;
  const list = useRef<HTMLUListElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => setOffset(list.current?.offsetTop ?? 0), []);
  const isVirtual = rows.length > virtualFrom;
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => estimatedHeight,
    overscan: 6,
    scrollMargin: offset,
    enabled: isVirtual,
  });
  const label = { "aria-label": props.caption };
  if (!isVirtual) {
    return (
      <>
        <ul ref={list} {...label} className={classNames("divide-y", props.isDimmed && "opacity-60")}>
          {rows.map((row) => (
            <li key={row.id}>
              <Card {...props} row={row} />
            </li>
          ))}
          {props.totals !== undefined && (
            <li className="px-4 py-3 text-small">
              <div className="font-medium">{props.columns.find(({ isTitle }) => isTitle)?.cell(props.totals)}</div>
              <CardLines columns={props.columns} data={props.totals} />
            </li>
          )}
        </ul>
        {props.footer}
      </>
    );
  }
  return (
    <>
      <ul
        ref={list}
        {...label}
        className={classNames("relative", props.isDimmed && "opacity-60")}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <li
              key={row.id}
              ref={virtualizer.measureElement}
              data-index={index}
              aria-posinset={index + 1}
              aria-setsize={rows.length}
              className="absolute inset-x-0 top-0 border-b"
              style={{ transform: `translateY(${start - virtualizer.options.scrollMargin}px)` }}
            >
              <Card {...props} row={row} />
            </li>
          );
        })}
      </ul>
      {props.footer}
    </>
  );
}

function Card<Data extends RowData>({ row, ...props }: ListProps<Data> & { row: DataRow<Data> }) {
  const t = useTranslations("table");
  const { original } = row;
  const href = props.href?.(original);
  const title = props.columns.find(({ isTitle }) => isTitle === true);
  const asides = props.columns.filter(({ card }) => card === "aside");
  const isOpen = row.id === props.openId;
  return (
    <div className={classNames("relative px-4 py-3 text-small", isOpen && "bg-info-soft")}>
      <div className="flex items-start gap-3">
        {props.isSelectable && (
          <div className="relative z-1 pt-0.5">
            <Checkbox
              label={t("select", { name: props.rowLabel(original) })}
              isChecked={row.getIsSelected()}
              onChange={(isChecked) => row.toggleSelected(isChecked)}
            />
          </div>
        )}
        <div className="min-w-0 flex-1 font-medium">
          {href === undefined ? (
            title?.cell(original)
          ) : (
            <RowLink id={row.id} href={href} isOpen={isOpen} onOpen={props.onOpen} isWide>
              {title?.cell(original)}
            </RowLink>
          )}
        </div>
        {asides.map((column) => (
          <div key={column.id} className="relative z-1 max-w-[45%] shrink-0">
            {column.cell(original)}
          </div>
        ))}
      </div>
      <CardLines columns={props.columns} data={original} />
    </div>
  );
}

interface CardLinesProps<Data> {
  columns: readonly DataColumn<Data>[];
  data: Data;
}

function CardLines<Data>({ columns, data }: CardLinesProps<Data>) {
  const lines = columns.filter(({ card = "line", isTitle }) => card === "line" && isTitle !== true);
  return (
    <dl className="mt-1.5 grid gap-1">
      {lines.map((column) => (
        <div key={column.id} className="flex items-center gap-3">
          <dt className="w-24 shrink-0 truncate text-label text-foreground-soft">{column.header}</dt>
          <dd className="min-w-0 flex-1 truncate [&_button]:relative [&_button]:z-1">{column.cell(data)}</dd>
        </div>
      ))}
    </dl>
  );
}
