"use client";

import { type ColumnDef, type RowData, type RowSelectionState, useTable } from "@tanstack/react-table";
import { type ReactNode, useMemo, useState } from "react";
import { useIsNarrow } from "#lib/media-query";
import { type DataColumn, encodeSortOrder, parseSortOrder } from "./data-column";
import { SelectionBar } from "./selection-bar";
import { TableCards } from "./table-cards";
import { type DataRow, dataTableFeatures } from "./table-features";
import { TableGrid } from "./table-grid";
import { useListKeys } from "./use-list-keys";

export interface DataTableProps<Data extends RowData> {
  caption: string;
  rows: readonly Data[];
  columns: readonly DataColumn<Data>[];
  /** Ids of the columns that are hidden. */
  hiddenColumns?: readonly string[];
  rowId: (row: Data) => string;
  /** A row's name, for screen readers. */
  rowLabel: (row: Data) => string;
  rowHeight?: "single" | "double";
  /** The address of a row's details, for a new tab; a plain click calls `onOpen`. */
  href?: (row: Data) => string;
  openId?: string | null;
  onOpen?: (id: string) => void;
  /** The sorted column as in the address: `-last_used`. */
  sort?: string;
  onSort?: (sort: string) => void;
  /** What can be done with the ticked rows; without it nothing can be ticked. */
  renderSelectionActions?: (ids: readonly string[], clear: () => void) => ReactNode;
  /** Old rows stand while new ones are asked for or could not be had. */
  isDimmed?: boolean;
  /** Below the rows: what loads more. */
  footer?: ReactNode;
  /** A last row that stays in sight: the sum of the others. */
  totals?: Data;
  maxHeightClassName?: string;
}

/** A list as a table, on phones as cards. Only what is in sight is rendered when it is long. */
export function DataTable<Data extends RowData>(props: DataTableProps<Data>) {
  const { rows, columns, rowId, hiddenColumns = [], sort = "", onSort } = props;
  const isNarrow = useIsNarrow();
  const [rowSelection, setRowSelection] = useState<RowSelectionState>({});
  const definitions = useMemo(() => columns.map((column) => createDefinition(column)), [columns]);
  const data = useMemo(() => [...rows], [rows]);
  const columnVisibility = useMemo(() => Object.fromEntries(hiddenColumns.map((id) => [id, false])), [hiddenColumns]);
  const order = parseSortOrder(sort);
  const table = useTable({
    features: dataTableFeatures,
    columns: definitions,
    data,
    getRowId: rowId,
    enableSubRowSelection: false,
    manualSorting: columns.some(({ isSortedByGateway }) => isSortedByGateway === true),
    enableMultiSort: false,
    state: { columnVisibility, rowSelection, sorting: order === null ? [] : [order] },
    onRowSelectionChange: setRowSelection,
    onSortingChange: (update) => {
      const next = typeof update === "function" ? update(order === null ? [] : [order]) : update;
      onSort?.(encodeSortOrder(next[0] ?? null));
    },
  });
  const shown: readonly DataRow<Data>[] = table.getRowModel().rows;
  const selectedIds = shown.filter((row) => row.getIsSelected()).map(({ id }) => id);
  const clear = () => setRowSelection({});
  useListKeys({ ids: shown.map(({ id }) => id), openId: props.openId ?? null, onOpen: props.onOpen });
  const isSelectable = props.renderSelectionActions !== undefined;
  const hidden = hiddenColumns.join(" ");
  const shownColumns = useMemo(() => columns.filter(({ id }) => !hidden.split(" ").includes(id)), [columns, hidden]);
  const List = isNarrow ? TableCards : TableGrid;
  return (
    <div className="min-w-0">
      {isSelectable && selectedIds.length > 0 && (
        <SelectionBar count={selectedIds.length} onClear={clear}>
          {props.renderSelectionActions?.(selectedIds, clear)}
        </SelectionBar>
      )}
      <List
        {...props}
        columns={shownColumns}
        rows={shown}
        order={order}
        isSelectable={isSelectable}
        allSelected={table.getIsAllRowsSelected() ? "all" : selectedIds.length > 0 ? "some" : "none"}
        onSelectAll={(isSelected) => table.toggleAllRowsSelected(isSelected)}
        onToggleSort={(id) => table.getColumn(id)?.toggleSorting()}
      />
    </div>
  );
}

function createDefinition<Data extends RowData>(column: DataColumn<Data>): ColumnDef<typeof dataTableFeatures, Data> {
  const { id, header, sortValue, isSortedByGateway = false } = column;
  return {
    id,
    header,
    accessorFn: (row) => sortValue?.(row) ?? undefined,
    enableSorting: sortValue !== undefined || isSortedByGateway,
    sortUndefined: "last",
    sortFn: "auto",
  };
}
