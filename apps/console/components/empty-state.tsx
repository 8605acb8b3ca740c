import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

/** What a list says when it is empty: what belongs here, and how to get it. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center px-6 py-14 text-center">
      <div className="grid size-11 place-items-center rounded-xl border bg-muted">
        <Icon aria-hidden className="size-5 text-foreground-soft" />
      </div>
      <h2 className="mt-4 text-body font-semibold">{title}</h2>
      <p className="mt-1 max-w-md text-small text-foreground-soft">{children}</p>
      {action && <div className="mt-5">{action}</div>}
    </div>
  );
}
