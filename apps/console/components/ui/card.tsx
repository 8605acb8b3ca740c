import type { ComponentProps, ReactNode } from "react";
import { classNames } from "#lib/class-names";

export function Card({ className, ...rest }: ComponentProps<"section">) {
  return <section className={classNames("rounded-lg border bg-surface", className)} {...rest} />;
}

interface CardHeaderProps {
  title: ReactNode;
  /** The heading's id, for `aria-labelledby`. */
  id?: string;
  children?: ReactNode;
}

/** The one line on top of a card: what it shows, and the controls of it. */
export function CardHeader({ title, id, children }: CardHeaderProps) {
  return (
    <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-1.5">
      <h2 id={id} className="mr-auto text-small font-semibold">
        {title}
      </h2>
      {children}
    </header>
  );
}
