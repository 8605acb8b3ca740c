import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { classNames } from "#lib/class-names";

const buttonVariants = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-primary text-primary-foreground hover:bg-primary-hover",
        secondary: "border border-line-strong bg-surface-raised text-foreground hover:bg-muted",
        ghost: "text-foreground-soft hover:bg-muted hover:text-foreground data-[state=open]:bg-muted",
        danger: "bg-danger-solid text-white hover:bg-danger-solid-hover",
      },
      size: {
        small: "h-8 px-2.5 text-[0.8125rem]",
        medium: "h-9 px-3.5 text-sm",
        icon: "size-8",
        wide: "h-10 w-full px-4 text-sm",
      },
    },
    defaultVariants: { variant: "primary", size: "medium" },
  },
);

interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonVariants> {
  /** Renders the only child (a link) with the look of a button. */
  asChild?: boolean;
  /** Shows a spinner and takes no further click. */
  isBusy?: boolean;
}

export function Button({
  variant,
  size,
  asChild,
  isBusy = false,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  const classes = classNames(buttonVariants({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button type="button" className={classes} disabled={disabled || isBusy} aria-busy={isBusy} {...rest}>
      {isBusy && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </button>
  );
}
