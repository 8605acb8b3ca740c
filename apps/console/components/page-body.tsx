import type { ReactNode } from "react";
import { classNames } from "#lib/class-names";

interface PageBodyProps {
  /** `wide`: lists and charts. `narrow`: forms and text. */
  width?: "wide" | "narrow";
  className?: string;
  children: ReactNode;
}

/** The page below its top bar: sections 24 px apart. */
export function PageBody({ width = "wide", className, children }: PageBodyProps) {
  return (
    <div
      className={classNames(
        "flex w-full min-w-0 flex-col gap-6 p-4 lg:p-6",
        width === "wide" ? "mx-auto max-w-[100rem]" : "max-w-6xl",
        className,
      )}
    >
      {children}
    </div>
  );
}
