import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import Link from "next/link";
import type { ComponentProps } from "react";
import { classNames } from "#lib/class-names";

const buttonVariants = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors select-none aria-disabled:cursor-default aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-primary text-primary-foreground not-aria-disabled:hover:bg-primary-hover",
        secondary: "border border-line-strong bg-surface-raised text-foreground not-aria-disabled:hover:bg-muted",
        outline: "border bg-surface-raised text-foreground not-aria-disabled:hover:bg-muted aria-expanded:bg-muted",
        ghost:
          "text-foreground-soft not-aria-disabled:hover:bg-muted not-aria-disabled:hover:text-foreground aria-expanded:bg-muted aria-pressed:bg-muted aria-pressed:text-foreground",
        danger: "bg-danger-solid text-white not-aria-disabled:hover:bg-danger-solid-hover",
        dangerGhost: "text-danger not-aria-disabled:hover:bg-danger-soft",
      },
      size: {
        small: "h-8 px-2.5 text-small pointer-coarse:h-11",
        medium: "h-9 px-3.5 text-body pointer-coarse:h-11",
        icon: "size-8 pointer-coarse:size-11",
        tinyIcon: "size-6 pointer-coarse:size-11 [&_svg]:size-3.5",
        wide: "h-10 w-full px-4 text-body pointer-coarse:h-11",
      },
    },
    defaultVariants: { variant: "primary", size: "medium" },
  },
);

type ButtonLook = VariantProps<typeof buttonVariants>;

interface ButtonProps extends Omit<ComponentProps<"button">, "disabled">, ButtonLook {
  /** Shows a spinner and takes no further click, but keeps the focus. */
  isBusy?: boolean;
  isDisabled?: boolean;
}

/** A button that stays focusable while it cannot be pressed, so that a request never drops the focus. */
export function Button({
  variant,
  size,
  isBusy = false,
  isDisabled = false,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const isInert = isBusy || isDisabled;
  return (
    <button
      type="button"
      className={classNames(buttonVariants({ variant, size }), className)}
      aria-disabled={isInert || undefined}
      aria-busy={isBusy || undefined}
      onClick={(event) => {
        if (isInert) event.preventDefault();
        else onClick?.(event);
      }}
      {...rest}
    >
      {isBusy && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </button>
  );
}

interface ButtonLinkProps extends ComponentProps<typeof Link>, ButtonLook {}

/** A link to a page of the console that looks like a button. */
export function ButtonLink({ variant, size, className, ...rest }: ButtonLinkProps) {
  return <Link prefetch={false} className={classNames(buttonVariants({ variant, size }), className)} {...rest} />;
}

interface ButtonAddressProps extends ComponentProps<"a">, ButtonLook {}

/** A link that leaves the console, which looks like a button. */
export function ButtonAddress({ variant, size, className, children, ...rest }: ButtonAddressProps) {
  return (
    <a className={classNames(buttonVariants({ variant, size }), className)} {...rest}>
      {children}
    </a>
  );
}
