import { Info } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "#lib/class-names";

interface NoticeProps {
  tone?: "info" | "warn";
  children: ReactNode;
}

/** Something to know before going on. */
export function Notice({ tone = "info", children }: NoticeProps) {
  return (
    <div
      role="note"
      className={classNames(
        "flex items-start gap-2.5 rounded-lg px-3.5 py-3 text-small",
        tone === "warn" ? "bg-warn-soft" : "bg-info-soft",
      )}
    >
      <Info aria-hidden className={classNames("mt-0.5 size-4 shrink-0", tone === "warn" ? "text-warn" : "text-info")} />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
