"use client";

import type { RowData } from "@tanstack/react-table";
import { memo } from "react";
import { useTranslations } from "use-intl";
import { Checkbox } from "#components/ui/checkbox";
import { classNames } from "#lib/class-names";
import type { ListProps } from "./list-props";
import { RowLink } from "./row-link";
import { stickyClass } from "./sticky-class";
import type { DataRow } from "./table-features";

interface GridRowProps<Data extends RowData> extends Pick<ListProps<Data>, "columns" | "rowLabel" | "isSelectable"> {
  row: DataRow<Data>;
  href: ListProps<Data>["href"];
  onOpen: ListProps<Data>["onOpen"];
  isSelected: boolean;
  index: number;
  height: number;
  isOpen: boolean;
}

function Row<Data extends RowData>({ row, index, height, isOpen, isSelected, ...props }: GridRowProps<Data>) {
  const t = useTranslations("table");
  const { original } = row;
  const href = props.href?.(original);
  return (
    <tr
      aria-rowindex={index + 2}
      className={classNames(
        "group/row relative outline-accent -outline-offset-2 has-[a[data-row-link]:focus-visible]:outline-2 [&>td]:border-b",
        isOpen || isSelected ? "bg-info-soft" : "bg-surface",
        href !== undefined && "cursor-pointer",
        href !== undefined && !isOpen && !isSelected && "hover:bg-muted",
      )}
    >
      {props.isSelectable && (
        <td className="sticky left-0 z-1 bg-inherit pr-0 pl-4">
          <Checkbox
            label={t("select", { name: props.rowLabel(original) })}
            isChecked={isSelected}
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

/** What is shown of a row depends on its data; its name and its address do on nothing else. */
function isSameRow<Data extends RowData>(before: GridRowProps<Data>, now: GridRowProps<Data>): boolean {
  return (
    before.row.id === now.row.id &&
    before.row.original === now.row.original &&
    before.columns === now.columns &&
    before.index === now.index &&
    before.height === now.height &&
    before.isOpen === now.isOpen &&
    before.isSelected === now.isSelected &&
    before.isSelectable === now.isSelectable &&
    before.onOpen === now.onOpen
  );
}

/** One row of a table. While the table is scrolled or more rows come, those that stand are left as they are. */
export const GridRow = memo(Row, isSameRow) as typeof Row;
