import { useTranslations } from "use-intl";

/** The product's mark and name. */
export function Brand() {
  const t = useTranslations("app");
  return (
    <span className="flex min-w-0 items-center gap-2">
      <svg aria-hidden="true" viewBox="0 0 32 32" className="size-6 shrink-0">
        <rect width="32" height="32" rx="8" className="fill-primary" />
        <g fill="none" strokeWidth="2.5" strokeLinecap="round" className="stroke-primary-foreground">
          <path d="M7 9h4.5c2.5 0 3 7 5.5 7H25" />
          <path d="M7 16h18" />
          <path d="M7 23h4.5c2.5 0 3-7 5.5-7" />
        </g>
        <circle cx="25" cy="16" r="2.5" className="fill-bar" />
      </svg>
      <span className="truncate text-label font-semibold tracking-tight">{t("name")}</span>
    </span>
  );
}
