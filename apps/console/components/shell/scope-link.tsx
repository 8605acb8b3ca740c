import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useOpenPage } from "#components/use-open-page";
import { keepScope } from "#lib/keep-scope";

interface ScopeLinkProps {
  path: string;
  title?: string | undefined;
  className: string;
  onFollow?: (() => void) | undefined;
  children: ReactNode;
}

/** A link to one of the console's pages, marked where that is open. A plain press takes the span and the filter along. */
export function ScopeLink({ path, title, className, onFollow, children }: ScopeLinkProps) {
  const openPage = useOpenPage();
  const current = usePathname().replace(/\/?$/, "/");
  return (
    <Link
      href={path}
      prefetch={false}
      aria-current={current === path ? "page" : undefined}
      title={title}
      onClick={(event) => {
        onFollow?.();
        const kept = keepScope(path, window.location);
        if ((kept === path && navigator.onLine) || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
          return;
        event.preventDefault();
        openPage(kept);
      }}
      className={className}
    >
      {children}
    </Link>
  );
}
