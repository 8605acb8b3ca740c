import type { ComponentProps } from "react";
import { classNames } from "#lib/class-names";

export function Card({ className, ...rest }: ComponentProps<"section">) {
  return <section className={classNames("rounded-xl border bg-surface", className)} {...rest} />;
}
