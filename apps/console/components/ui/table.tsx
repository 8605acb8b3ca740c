import type { ComponentProps, ReactNode } from "react";
import { classNames } from "#lib/class-names";

/** A table on wide screens; on phones every row becomes a card of labelled values. */
export function Table({ caption, children }: { caption: string; children: ReactNode }) {
  return (
    <table className="w-full border-collapse text-left max-lg:block">
      <caption className="sr-only">{caption}</caption>
      {children}
    </table>
  );
}

export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead className="max-lg:hidden">
      <tr className="border-b text-xs text-foreground-soft [&>th]:px-4 [&>th]:py-2.5 [&>th]:font-medium">{children}</tr>
    </thead>
  );
}

export function TableBody({ children }: { children: ReactNode }) {
  return <tbody className="max-lg:block max-lg:divide-y lg:divide-y">{children}</tbody>;
}

export function TableRow({ className, ...rest }: ComponentProps<"tr">) {
  return (
    <tr
      className={classNames(
        "align-top max-lg:relative max-lg:grid max-lg:grid-cols-2 max-lg:gap-x-4 max-lg:gap-y-3 max-lg:p-4",
        className,
      )}
      {...rest}
    />
  );
}

interface TableCellProps extends ComponentProps<"td"> {
  /** The column's name, shown above the value when the row is a card. */
  label?: string;
}

export function TableCell({ label, className, children, ...rest }: TableCellProps) {
  return (
    <td className={classNames("min-w-0 px-4 py-3.5 max-lg:block max-lg:p-0", className)} {...rest}>
      {label !== undefined && (
        <span aria-hidden className="mb-1 block text-xs text-foreground-soft lg:hidden">
          {label}
        </span>
      )}
      {children}
    </td>
  );
}
