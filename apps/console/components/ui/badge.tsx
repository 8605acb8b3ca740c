import type { ComponentProps } from "react";
import { classNames } from "#lib/class-names";

const tones = {
  neutral: "bg-muted text-foreground-soft",
  ok: "bg-ok-soft text-ok",
  warn: "bg-warn-soft text-warn",
  danger: "bg-danger-soft text-danger",
  info: "bg-info-soft text-info",
} as const;

export type Tone = keyof typeof tones;

interface BadgeProps extends ComponentProps<"span"> {
  tone?: Tone;
}

/** A word set apart: a plan, a role, a method. */
export function Badge({ tone = "neutral", className, ...rest }: BadgeProps) {
  return (
    <span
      className={classNames(
        "inline-flex w-fit items-center gap-1 rounded px-1.5 text-label font-medium whitespace-nowrap",
        tones[tone],
        className,
      )}
      {...rest}
    />
  );
}

const dots = {
  neutral: "border border-foreground-soft",
  ok: "bg-ok",
  warn: "bg-bar-warn",
  danger: "bg-danger",
  info: "bg-info",
} as const;

interface StateProps extends ComponentProps<"span"> {
  tone: Tone;
}

/** A state: a dot and a word, never the colour alone. */
export function State({ tone, className, children, ...rest }: StateProps) {
  return (
    <span
      className={classNames("inline-flex max-w-full min-w-0 items-center gap-1.5 whitespace-nowrap", className)}
      {...rest}
    >
      <span aria-hidden className={classNames("size-2 shrink-0 rounded-full", dots[tone])} />
      <span className="truncate">{children}</span>
    </span>
  );
}
