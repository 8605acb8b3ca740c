"use client";

import type { RowData } from "@tanstack/react-table";
import type { ReactNode } from "react";
import { ErrorNotice } from "#components/error-notice";
import { FilterBar, type FilterField } from "#components/filters/filter-bar";
import { ListSkeleton } from "#components/list-skeleton";
import { NoMatch } from "#components/no-match";
import { Card } from "#components/ui/card";
import { ColumnMenu, useHiddenColumns } from "./column-menu";
import { DataTable, type DataTableProps } from "./data-table";

/** Search, order, open row and filters of a list, as they stand in the page's address. */
type ListView = Readonly<Record<string, string | null>> & {
  readonly q: string;
  readonly sort: string;
  readonly id: string | null;
};

interface DataListProps<Data extends RowData>
  extends Omit<DataTableProps<Data>, "hiddenColumns" | "href" | "openId" | "onOpen" | "sort" | "onSort"> {
  /** Under which the browser keeps saved views and chosen columns; also the page's path. */
  name: string;
  /** Whether nothing is there at all, filters aside; undefined until the gateway has answered. */
  isEmpty: boolean | undefined;
  /** What stands in the list's place while it is empty. */
  empty: ReactNode;
  error: Error | null;
  onRetry: () => void;
  view: ListView;
  onView: (changed: Readonly<Record<string, string | null>>) => void;
  searchPlaceholder: string;
  fields: readonly FilterField[];
  /** Filters that have their own place on the page, and are cleared with the others. */
  ownFilters?: readonly string[];
  /** How many are shown. */
  shown?: string;
  /** Within the list's frame, above the rows. */
  head?: ReactNode;
}

/** A page's list: search and filters in the address, choice of columns, and its states. */
export function DataList<Data extends RowData>(props: DataListProps<Data>) {
  const { name, isEmpty, empty, error, onRetry, view, onView, fields, ownFilters = [], shown, head } = props;
  const { columns, rows } = props;
  const [hidden, setHidden] = useHiddenColumns(name, columns, props.renderSelectionActions !== undefined);
  const filterNames = ["q", ...ownFilters, ...fields.map(({ id }) => id)];
  const clear = () => onView(Object.fromEntries(filterNames.map((filter) => [filter, null])));
  const chosen = (value: string | null | undefined) => (value == null ? [] : [value]);
  return (
    <>
      {error !== null && <ErrorNotice error={error} onRetry={onRetry} />}
      {isEmpty === undefined && error === null && <ListSkeleton rowHeight="double" />}
      {isEmpty === true && <Card>{empty}</Card>}
      {isEmpty === false && (
        <div className="flex flex-col gap-3">
          <FilterBar
            viewName={name}
            search={{
              value: view.q,
              onChange: (q) => onView({ q: q === "" ? null : q }),
              placeholder: props.searchPlaceholder,
            }}
            fields={fields}
            values={Object.fromEntries(fields.map(({ id }) => [id, chosen(view[id])]))}
            onChange={(field, [value]) => onView({ [field]: value ?? null })}
            onClear={clear}
          >
            {shown !== undefined && <span className="tabular-nums max-sm:hidden">{shown}</span>}
            <ColumnMenu columns={columns} hidden={hidden} onChange={setHidden} />
          </FilterBar>
          <Card className="overflow-hidden">
            {head}
            {rows.length === 0 ? (
              <NoMatch onClear={clear} />
            ) : (
              <DataTable
                {...props}
                rowHeight="double"
                hiddenColumns={hidden}
                href={(row) => `/${name}/?id=${encodeURIComponent(props.rowId(row))}`}
                openId={view.id}
                onOpen={(id) => onView({ id })}
                sort={view.sort}
                onSort={(sort) => onView({ sort: sort === "" ? null : sort })}
                isDimmed={props.isDimmed === true || error !== null}
              />
            )}
          </Card>
        </div>
      )}
    </>
  );
}
