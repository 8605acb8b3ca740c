import type { ReactNode } from "react";
import { classNames } from "#lib/class-names";

interface RowLinkProps {
  id: string;
  href: string;
  isOpen: boolean;
  onOpen: ((id: string) => void) | undefined;
  /** All that stands around it presses it. */
  isWide?: boolean;
  children: ReactNode;
}

/** The link of a row: a plain press opens here, any other one as the browser likes. */
export function RowLink({ id, href, isOpen, onOpen, isWide = false, children }: RowLinkProps) {
  return (
    <a
      href={href}
      data-row-link={id}
      aria-current={isOpen || undefined}
      onClick={(event) => {
        const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
        if (!isPlain || onOpen === undefined) return;
        event.preventDefault();
        onOpen(id);
      }}
      className={classNames(
        "block min-w-0 truncate outline-none",
        isWide &&
          "after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent",
      )}
    >
      {children}
    </a>
  );
}
