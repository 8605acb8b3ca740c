import type { ReactNode } from "react";

/** One column of a list. On phones a row is a card: its title, what stands beside it, and labelled lines. */
export interface DataColumn<Data> {
  id: string;
  header: string;
  cell: (row: Data) => ReactNode;
  /** A CSS width; what is left is shared by the columns without one. A list's title has none where names may be long. */
  width?: string;
  align?: "end";
  /** What the column is sorted by; without it, it is not. */
  sortValue?: (row: Data) => string | number | null | undefined;
  /** The gateway sorts: the header only tells the page. */
  isSortedByGateway?: boolean;
  /** Holds the link that opens the row. */
  isTitle?: boolean;
  /** Hidden until it is chosen. */
  isOptional?: boolean;
  /** Hidden while there is no room for all, the last of these first, until the reader chooses. */
  givesWay?: boolean;
  /** Where it stands on a phone's card; `line` unless told. */
  card?: "aside" | "line" | "hidden";
}

/** How a list is sorted, as it stands in the address: a column's id, with a minus for the other way round. */
export interface SortOrder {
  id: string;
  desc: boolean;
}

export function parseSortOrder(text: string): SortOrder | null {
  if (text === "") return null;
  return text.startsWith("-") ? { id: text.slice(1), desc: true } : { id: text, desc: false };
}

export function encodeSortOrder(order: SortOrder | null): string {
  return order === null ? "" : `${order.desc ? "-" : ""}${order.id}`;
}
