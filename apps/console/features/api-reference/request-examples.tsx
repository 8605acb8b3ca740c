import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { CodeBlock } from "#components/code-block";
import { useHeldKey } from "#components/held-key";
import { Tabs } from "#components/ui/tabs";
import { useGatewayStatus } from "#lib/api/use-gateway-status";
import { createExampleBody, sampleText } from "./create-example-body";
import { codeLanguages, encodeRequestCode } from "./encode-request-code";
import type { OpenapiDocument, Operation } from "./openapi-document";

export interface RequestExamplesProps {
  document: OpenapiDocument;
  operation: Operation;
}

const languageNames = { curl: "curl", python: "Python", typescript: "TypeScript" } as const;

/** The request as code, and the answers as they look. */
export function RequestExamples({ document, operation }: RequestExamplesProps) {
  const t = useTranslations("apiReference");
  const { held } = useHeldKey();
  const { data: status } = useGatewayStatus();
  const origin = status?.public_url ?? window.location.origin;
  const body = useMemo(() => createExampleBody(document, operation), [document, operation]);
  const credential = operation.access === "key" ? (held?.secret ?? "$COPILOT_LLM_KEY") : "$SESSION_TOKEN";
  const answers = operation.responses.flatMap((response) => {
    const text = sampleText(document, response.schema, false);
    return text === null ? [] : [{ status: response.status, text }];
  });
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Tabs
        label={t("request")}
        tabs={codeLanguages.map((id) => ({
          id,
          label: languageNames[id],
          content: (
            <CodeBlock
              label={languageNames[id]}
              code={encodeRequestCode(id, { origin, operation, body, credential })}
            />
          ),
        }))}
      />
      {answers.map(({ status: code, text }) => (
        <CodeBlock key={code} label={t("answer", { status: code === "default" ? t("failure") : code })} code={text} />
      ))}
    </div>
  );
}
