"use client";

import { Download, Search } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { ListSkeleton } from "#components/list-skeleton";
import { PageBody } from "#components/page-body";
import { PageHeader } from "#components/page-header";
import { Prose } from "#components/prose";
import { Button } from "#components/ui/button";
import { Input } from "#components/ui/input";
import { useOpenapi } from "#lib/api/use-openapi";
import { useHash } from "#lib/use-hash";
import { MethodBadge } from "./method-badge";
import { listOperations, type OpenapiDocument, type Operation } from "./openapi-document";
import { OperationView } from "./operation-view";

/** What can be asked of the gateway, and how? */
export function ApiReferencePage() {
  const t = useTranslations("apiReference");
  const { data: document, error, refetch } = useOpenapi<OpenapiDocument>();
  const operations = useMemo(() => (document === undefined ? [] : listOperations(document)), [document]);
  const hash = useHash();
  const selected = operations.find(({ id }) => id === hash);
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (hash !== "") top.current?.scrollIntoView({ block: "start" });
  }, [hash]);
  return (
    <>
      <PageHeader
        title={t("title")}
        action={
          <Button
            variant="outline"
            size="small"
            onClick={() => {
              const link = window.document.createElement("a");
              link.href = "/openapi.json";
              link.download = "openapi.json";
              link.click();
            }}
          >
            <Download aria-hidden />
            <span className="max-sm:sr-only">openapi.json</span>
          </Button>
        }
      />
      <PageBody>
        {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {document === undefined && error === null && <ListSkeleton rowHeight="double" />}
        {document !== undefined && (
          <div ref={top} className="scroll-mt-16 lg:grid lg:grid-cols-[17rem_minmax(0,1fr)] lg:gap-8">
            <OperationList operations={operations} selectedId={selected?.id ?? null} />
            {selected === undefined ? (
              <Introduction document={document} operations={operations} />
            ) : (
              <OperationView key={selected.id} document={document} operation={selected} />
            )}
          </div>
        )}
      </PageBody>
    </>
  );
}

interface OperationListProps {
  operations: readonly Operation[];
  selectedId: string | null;
}

/** All routes by their tag, with a search; on phones it folds above the open route. */
function OperationList({ operations, selectedId }: OperationListProps) {
  const t = useTranslations("apiReference");
  const [query, setQuery] = useState("");
  const words = query.trim().toLowerCase();
  const shown = operations.filter(({ method, path, summary }) =>
    `${method} ${path} ${summary}`.toLowerCase().includes(words),
  );
  const tags = sortTags(shown.map(({ tag }) => tag));
  const list = (
    <>
      <div className="relative">
        <Search
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-foreground-soft"
        />
        <Input
          type="search"
          look="small"
          data-page-search
          aria-label={t("search")}
          placeholder={t("search")}
          autoComplete="off"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          className="pl-8!"
        />
      </div>
      <nav aria-label={t("routes")} className="mt-3 flex flex-col gap-4">
        {tags.length === 0 && <p className="px-2 text-small text-foreground-soft">{t("noRoute")}</p>}
        {tags.map((tag) => (
          <div key={tag}>
            <p lang="en" className="px-2 pb-1 text-label text-foreground-soft">
              {tag}
            </p>
            <ul>
              {shown
                .filter((operation) => operation.tag === tag)
                .map(({ id, method, path, summary }) => (
                  <li key={id}>
                    <a
                      href={`#${id}`}
                      lang="en"
                      title={`${method.toUpperCase()} ${path}`}
                      aria-current={id === selectedId ? "true" : undefined}
                      className="flex items-baseline gap-2 rounded-md px-2 py-1 text-small text-foreground-soft hover:bg-muted hover:text-foreground aria-[current]:bg-muted aria-[current]:text-foreground pointer-coarse:py-2.5"
                    >
                      <MethodBadge method={method} className="w-9" />
                      <span className="min-w-0 flex-1 truncate">{summary}</span>
                    </a>
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </nav>
    </>
  );
  return (
    <>
      <div className="sticky top-18 max-h-[calc(100dvh-6rem)] overflow-y-auto pr-1 max-lg:hidden">{list}</div>
      <details className="mb-6 rounded-lg border bg-surface p-4 lg:hidden" open={selectedId === null}>
        <summary className="cursor-pointer text-small font-semibold">{t("routes")}</summary>
        <div className="mt-3">{list}</div>
      </details>
    </>
  );
}

/** What clients ask stands first, what only has another name for it last. */
function sortTags(tags: readonly string[]): readonly string[] {
  const rankOf = (tag: string) => (/^(OpenAI|Anthropic)/u.test(tag) ? 0 : tag === "Aliases" ? 2 : 1);
  return [...new Set(tags)].sort((a, b) => rankOf(a) - rankOf(b));
}

interface IntroductionProps {
  document: OpenapiDocument;
  operations: readonly Operation[];
}

/** What to know before the first request. */
function Introduction({ document, operations }: IntroductionProps) {
  const t = useTranslations("apiReference");
  const first = ["post-/openai/v1/chat/completions", "post-/openai/v1/responses", "post-/anthropic/v1/messages"];
  return (
    <div className="flex max-w-prose flex-col gap-4">
      <h2 className="text-title font-semibold tracking-tight">
        {document.info.title} {document.info.version}
      </h2>
      <Prose language="en" text={document.info.description ?? ""} className="text-body" />
      <p className="text-body">{t("intro", { count: operations.length })}</p>
      <ul className="flex flex-col gap-2">
        {operations
          .filter(({ id }) => first.includes(id))
          .map(({ id, method, path, summary }) => (
            <li key={id}>
              <a
                href={`#${id}`}
                className="flex flex-wrap items-baseline gap-x-3 rounded-lg border bg-surface px-3.5 py-2.5 hover:bg-muted"
              >
                <MethodBadge method={method} />
                <code className="font-mono text-label">{path}</code>
                <span lang="en" className="text-small text-foreground-soft">
                  {summary}
                </span>
              </a>
            </li>
          ))}
      </ul>
    </div>
  );
}
