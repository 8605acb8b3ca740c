import { useState } from "react";
import { useTranslations } from "use-intl";
import { JsonBody } from "#components/json/json-body";
import { Button, ButtonLink } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Form } from "#components/ui/form";
import { Input } from "#components/ui/input";
import { useIsAdmin } from "#lib/api/use-auth";
import { useFigures } from "#lib/use-figures";
import type { Operation } from "./openapi-document";

const playgroundProtocols: Readonly<Record<string, string>> = {
  "chat/completions": "chat",
  responses: "responses",
  messages: "messages",
};

/** A way to try a route: reading ones here, with the session; those that answer prompts in the playground. */
export function TryRoute({ operation }: { operation: Operation }) {
  const t = useTranslations("apiReference");
  const isAdmin = useIsAdmin();
  const { method, path, access } = operation;
  if (method === "post") {
    const protocol = Object.entries(playgroundProtocols).find(([ending]) => path.endsWith(`/v1/${ending}`))?.[1];
    return protocol === undefined ? null : (
      <ButtonLink variant="secondary" size="small" href={`/playground/?protocol=${protocol}`} className="self-start">
        {t("openPlayground")}
      </ButtonLink>
    );
  }
  // Streams have no end, a backup is no answer to read.
  const isReadable = method === "get" && path !== "/api/events" && path !== "/api/admin/backup";
  const isAllowed = access === "public" || access === "user" || isAdmin;
  return isReadable && isAllowed ? <TryForm key={operation.id} operation={operation} /> : null;
}

interface Answer {
  status: number;
  durationMs: number;
  text: string;
}

function TryForm({ operation }: { operation: Operation }) {
  const t = useTranslations("apiReference");
  const figures = useFigures();
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [isChecked, setIsChecked] = useState(false);
  const parameters = operation.parameters.filter((parameter) => parameter.in === "path" || parameter.in === "query");
  const lacks = (name: string, isRequired: boolean) => isRequired && (values[name] ?? "") === "";
  const send = async () => {
    setIsChecked(true);
    if (parameters.some(({ name, required }) => lacks(name, required === true))) return;
    setIsBusy(true);
    const startMs = performance.now();
    try {
      const response = await fetch(urlOf(operation, values), { headers: { accept: "application/json" } });
      const text = await response.text();
      setAnswer({ status: response.status, durationMs: performance.now() - startMs, text });
    } catch {
      setAnswer({ status: 0, durationMs: performance.now() - startMs, text: "" });
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <section aria-label={t("try")} className="flex flex-col gap-3 rounded-lg border p-4">
      <Form onSubmit={() => void send()} isBusy={isBusy} className="flex flex-col gap-3">
        {parameters.length > 0 && (
          <div className="grid items-start gap-3 sm:grid-cols-2">
            {parameters.map(({ name, required }) => (
              <Field
                key={name}
                label={<code className="font-mono text-label">{name}</code>}
                error={isChecked && lacks(name, required === true) ? t("needed") : undefined}
              >
                {(control) => (
                  <Input
                    {...control}
                    look="small"
                    autoComplete="off"
                    spellCheck={false}
                    value={values[name] ?? ""}
                    onChange={(event) => setValues({ ...values, [name]: event.target.value })}
                  />
                )}
              </Field>
            ))}
          </div>
        )}
        <div className="flex items-center gap-3">
          <Button type="submit" size="small" isBusy={isBusy}>
            {t("send")}
          </Button>
          {answer !== null && (
            <span
              role="status"
              className={answer.status >= 200 && answer.status < 400 ? "text-small text-ok" : "text-small text-danger"}
            >
              {answer.status === 0 ? t("unreachable") : t("status", { status: String(answer.status) })} ·{" "}
              {figures.duration(answer.durationMs)}
            </span>
          )}
        </div>
      </Form>
      {answer !== null && answer.text !== "" && (
        <JsonBody text={answer.text} label={t("answerLabel")} fileName="answer.json" />
      )}
    </section>
  );
}

function urlOf({ path, parameters }: Operation, values: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams();
  let url = path;
  for (const { name, in: place } of parameters) {
    const value = values[name] ?? "";
    if (place === "path") url = url.replace(`{${name}}`, encodeURIComponent(value));
    else if (place === "query" && value !== "") query.set(name, value);
  }
  return query.size === 0 ? url : `${url}?${query}`;
}
