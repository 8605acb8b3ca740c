import type { RowData } from "@tanstack/react-table";
import type { ReactNode } from "react";
import type { DataColumn, SortOrder } from "./data-column";
import type { DataRow } from "./table-features";

/** What the table and the cards are both given. */
export interface ListProps<Data extends RowData> {
  caption: string;
  columns: readonly DataColumn<Data>[];
  rows: readonly DataRow<Data>[];
  rowLabel: (row: Data) => string;
  rowHeight?: "single" | "double";
  href?: (row: Data) => string;
  openId?: string | null;
  onOpen?: (id: string) => void;
  order: SortOrder | null;
  onToggleSort: (id: string) => void;
  isSelectable: boolean;
  allSelected: "all" | "some" | "none";
  onSelectAll: (isSelected: boolean) => void;
  isDimmed?: boolean;
  footer?: ReactNode;
  totals?: Data;
  maxHeightClassName?: string;
}

/** From so many rows on only those in sight are rendered. */
export const virtualFrom = 100;
