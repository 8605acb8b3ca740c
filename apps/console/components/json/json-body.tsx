"use client";

import { Download } from "lucide-react";
import { Suspense, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { CopyButton } from "#components/copy-button";
import { Button } from "#components/ui/button";
import { createLazyPart } from "#lib/lazy-part";
import { saveText } from "#lib/save-text";
import { useFigures } from "#lib/use-figures";
import type { JsonTreeProps } from "./json-tree-props";

const JsonTree = createLazyPart<JsonTreeProps>(async () => (await import("./json-tree")).JsonTree);

interface JsonBodyProps {
  text: string;
  label: string;
  fileName: string;
}

/** Longer bodies are shown as text, and of very long ones the beginning: the rest is in the download. */
const maxTree = 200_000;
const maxShown = 100_000;

/** A body that was sent or received: as a tree that folds, or as text. */
export function JsonBody({ text, label, fileName }: JsonBodyProps) {
  const t = useTranslations("json");
  const figures = useFigures();
  const [isText, setIsText] = useState(false);
  const value = useMemo(() => (text.length > maxTree ? null : parseObject(text)), [text]);
  const isTree = value !== null && !isText;
  return (
    <div className="min-w-0 rounded-lg border bg-code">
      <div className="flex min-h-9 flex-wrap items-center gap-2 border-b py-1 pr-1.5 pl-3 text-label text-foreground-soft">
        <span className="mr-auto">
          {label} · {figures.bytes(new Blob([text]).size)}
        </span>
        {value !== null && (
          <Button variant="ghost" size="small" aria-pressed={isText} onClick={() => setIsText(!isText)}>
            {t("asText")}
          </Button>
        )}
        <Button
          variant="ghost"
          size="icon"
          aria-label={t("download")}
          title={t("download")}
          onClick={() => saveText(text, fileName)}
        >
          <Download aria-hidden />
        </Button>
        <CopyButton text={text} label={t("copy")} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section tabIndex={0} aria-label={label} className="max-h-[70vh] overflow-auto p-3">
        {isTree ? (
          <Suspense fallback={<PlainText text={text} />}>
            <JsonTree value={value} />
          </Suspense>
        ) : (
          <PlainText text={value === null ? text : JSON.stringify(value, null, 2)} />
        )}
        {text.length > maxShown && !isTree && <p className="mt-2 text-label text-warn">{t("cut")}</p>}
      </section>
    </div>
  );
}

function PlainText({ text }: { text: string }) {
  return (
    <pre className="font-mono text-label leading-relaxed break-words whitespace-pre-wrap">
      {text.slice(0, maxShown)}
    </pre>
  );
}

function parseObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}
