import type { ComponentProps } from "react";
import { classNames } from "#lib/class-names";

/** The look shared by everything one types or chooses in. 16 px on phones keeps iOS from zooming in. */
const inputClasses =
  "h-9 w-full rounded-md border border-line-strong bg-surface px-3 text-base text-foreground placeholder:text-foreground-soft/70 aria-invalid:border-danger disabled:opacity-60 sm:text-sm focus-visible:outline-offset-0";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={classNames(inputClasses, className)} {...rest} />;
}

export function Select({ className, ...rest }: ComponentProps<"select">) {
  return <select className={classNames(inputClasses, "pr-8", className)} {...rest} />;
}
