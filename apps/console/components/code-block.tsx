import { useTranslations } from "use-intl";
import { CopyButton } from "./copy-button";

/** Text to paste elsewhere, with a button that copies it. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  const t = useTranslations("common");
  return (
    <div className="relative min-w-0 rounded-lg border bg-code">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section tabIndex={0} aria-label={label} className="overflow-x-auto rounded-lg p-3.5 pr-12">
        <pre className="font-mono text-xs leading-relaxed">
          <code>{code}</code>
        </pre>
      </section>
      <CopyButton text={code} label={t("copyOf", { what: label })} className="absolute top-1.5 right-1.5 bg-code" />
    </div>
  );
}
