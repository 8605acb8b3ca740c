import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

interface PageHeaderProps {
  title: string;
  description: string;
  action?: ReactNode;
}

/** The page's name (also the browser tab's), what it is for, and its main action. */
export function PageHeader({ title, description, action }: PageHeaderProps) {
  return (
    <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
      <PageTitle title={title} />
      <div className="min-w-0">
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        <p className="mt-1 max-w-2xl text-[0.8125rem] text-foreground-soft">{description}</p>
      </div>
      {action}
    </header>
  );
}

/** The browser tab's title. */
export function PageTitle({ title }: { title: string }) {
  const t = useTranslations("app");
  return <title>{`${title} · ${t("name")}`}</title>;
}
