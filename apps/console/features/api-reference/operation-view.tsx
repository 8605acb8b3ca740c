import { Suspense } from "react";
import { useTranslations } from "use-intl";
import { CopyButton } from "#components/copy-button";
import { Prose } from "#components/prose";
import { Badge } from "#components/ui/badge";
import { Skeleton } from "#components/ui/skeleton";
import { createLazyPart } from "#lib/lazy-part";
import { MethodBadge } from "./method-badge";
import type { OpenapiDocument, Operation } from "./openapi-document";
import type { RequestExamplesProps } from "./request-examples";
import { FieldList, SchemaTable } from "./schema-table";
import { TryRoute } from "./try-route";

const RequestExamples = createLazyPart<RequestExamplesProps>(
  async () => (await import("./request-examples")).RequestExamples,
);

interface OperationViewProps {
  document: OpenapiDocument;
  operation: Operation;
}

const tones = { public: "ok", key: "info", user: "neutral", admin: "warn" } as const;

/** One route: what it does, takes and answers, beside it as code. */
export function OperationView({ document, operation }: OperationViewProps) {
  const t = useTranslations("apiReference");
  const { method, path, access, parameters, body, responses } = operation;
  return (
    <article className="grid min-w-0 gap-6 min-[1400px]:grid-cols-[minmax(0,1fr)_minmax(0,22rem)] 2xl:grid-cols-[minmax(0,1fr)_minmax(0,28rem)]">
      <div className="flex min-w-0 flex-col gap-5">
        <header className="flex flex-col gap-2">
          <h2 lang="en" className="text-title font-semibold tracking-tight">
            {operation.summary}
          </h2>
          <p className="flex flex-wrap items-center gap-2">
            <MethodBadge method={method} className="text-label" />
            <code className="font-mono text-small break-all">{path}</code>
            <CopyButton text={path} label={t("copyPath")} size="tinyIcon" />
            <Badge tone={tones[access]}>{t(`access.${access}`)}</Badge>
          </p>
          {operation.description !== "" && (
            <Prose language="en" text={operation.description} className="max-w-prose text-body" />
          )}
        </header>
        <TryRoute operation={operation} />
        {parameters.length > 0 && (
          <section aria-label={t("parameters")}>
            <h3 className="mb-2 text-small font-semibold">{t("parameters")}</h3>
            <FieldList
              document={document}
              depth={0}
              fields={parameters.map(({ name, in: place, required, description, schema }) => ({
                name: place === "query" ? `?${name}` : place === "path" ? `{${name}}` : name,
                isRequired: required === true,
                schema: { ...schema, ...(description === undefined ? {} : { description }) },
              }))}
            />
          </section>
        )}
        {body !== null && (
          <section aria-label={t("body")}>
            <h3 className="mb-2 text-small font-semibold">{t("body")}</h3>
            <SchemaTable document={document} schema={body} />
          </section>
        )}
        <section aria-label={t("answers")}>
          <h3 className="mb-2 text-small font-semibold">{t("answers")}</h3>
          <ul className="flex flex-col gap-4">
            {responses.map(({ status, description, schema, types }) => (
              <li key={status}>
                <div className="mb-2 flex gap-2 text-small">
                  <code className="font-mono text-label leading-5 font-semibold">
                    {status === "default" ? t("failure") : status}
                  </code>
                  <Prose
                    language="en"
                    text={[description, ...types.filter((type) => type !== "application/json")].join(" · ")}
                  />
                </div>
                {schema !== null && <SchemaTable document={document} schema={schema} />}
              </li>
            ))}
          </ul>
        </section>
      </div>
      <div className="min-w-0 min-[1400px]:sticky min-[1400px]:top-18 min-[1400px]:max-h-[calc(100dvh-6rem)] min-[1400px]:self-start min-[1400px]:overflow-y-auto">
        <Suspense fallback={<Skeleton className="h-56" />}>
          <RequestExamples key={operation.id} document={document} operation={operation} />
        </Suspense>
      </div>
    </article>
  );
}
