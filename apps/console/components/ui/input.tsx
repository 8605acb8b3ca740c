import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { useTranslations } from "use-intl";
import { classNames } from "#lib/class-names";

/** The look shared by everything one types or chooses in. 16 px on touch screens keeps iOS from zooming in. */
const inputClasses =
  "w-full rounded-md border border-line-strong bg-surface text-body text-foreground placeholder:text-foreground-soft aria-invalid:border-danger disabled:opacity-60 focus-visible:outline-offset-0 pointer-coarse:text-base";

const sizes = {
  small: "h-8 px-2.5 pointer-coarse:h-11",
  medium: "h-9 px-3 pointer-coarse:h-11",
} as const;

interface InputProps extends ComponentProps<"input"> {
  look?: keyof typeof sizes;
}

export function Input({ look = "medium", className, ...rest }: InputProps) {
  return <input className={classNames(inputClasses, sizes[look], className)} {...rest} />;
}

interface SelectProps extends ComponentProps<"select"> {
  look?: keyof typeof sizes;
}

export function Select({ look = "medium", className, ...rest }: SelectProps) {
  return <select className={classNames(inputClasses, sizes[look], "pr-7", className)} {...rest} />;
}

export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={classNames(inputClasses, "min-h-20 px-3 py-2", className)} {...rest} />;
}

/** A secret to type or paste, which can be looked at. Says when caps lock is on. */
export function SecretInput({ className, ...rest }: Omit<ComponentProps<"input">, "type">) {
  const t = useTranslations("common");
  const [isShown, setIsShown] = useState(false);
  const [hasCapsLock, setHasCapsLock] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <div className="flex flex-col gap-1">
      <div className="relative">
        <input
          {...rest}
          type={isShown ? "text" : "password"}
          spellCheck={false}
          autoCapitalize="none"
          onKeyUp={(event) => setHasCapsLock(event.getModifierState?.("CapsLock") === true)}
          onBlur={() => setHasCapsLock(false)}
          className={classNames(inputClasses, sizes.medium, "pr-10", className)}
        />
        <button
          type="button"
          aria-label={t(isShown ? "hideSecret" : "showSecret")}
          onClick={() => setIsShown(!isShown)}
          className="absolute inset-y-0 right-0 grid w-10 place-items-center rounded-md text-foreground-soft hover:text-foreground"
        >
          <Icon aria-hidden className="size-4" />
        </button>
      </div>
      {hasCapsLock && <p className="text-label text-warn">{t("capsLock")}</p>}
    </div>
  );
}
