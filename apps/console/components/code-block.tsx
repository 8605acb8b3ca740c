import { useTranslations } from "use-intl";
import { CopyButton } from "./copy-button";

/** Text to paste elsewhere, with a button that copies it. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  const t = useTranslations("common");
  return (
    <div className="min-w-0 rounded-lg border bg-code">
      <div className="flex items-center justify-between border-b py-1 pr-1.5 pl-3.5 text-label text-foreground-soft">
        {label}
        <CopyButton text={code} label={t("copyOf", { what: label })} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section tabIndex={0} aria-label={label} className="overflow-x-auto rounded-b-lg p-3.5">
        <pre className="font-mono text-label leading-relaxed">
          <code>{code}</code>
        </pre>
      </section>
    </div>
  );
}
