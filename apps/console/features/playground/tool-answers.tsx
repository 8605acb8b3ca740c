"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { Checkbox } from "#components/ui/checkbox";
import { Form } from "#components/ui/form";
import { TextArea } from "#components/ui/input";
import type { ToolCall, ToolResult } from "#lib/chat/conversation";

interface ToolAnswersProps {
  calls: readonly ToolCall[];
  onSend: (results: readonly ToolResult[]) => void;
}

/** Gives back by hand what the called tools would; parallel calls are answered together. */
export function ToolAnswers({ calls, onSend }: ToolAnswersProps) {
  const t = useTranslations("playground.tools");
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [failed, setFailed] = useState<readonly string[]>([]);
  const send = () =>
    onSend(calls.map(({ id }) => ({ callId: id, text: texts[id] ?? "", isError: failed.includes(id) })));
  return (
    <Form onSubmit={send} className="my-2 flex flex-col gap-3 rounded-lg border border-dashed p-3">
      {calls.map(({ id, name }) => (
        <div key={id} className="flex flex-col gap-1.5">
          <TextArea
            aria-label={t("resultOf", { name })}
            placeholder={t("resultOf", { name })}
            rows={2}
            className="min-h-14! font-mono text-label"
            value={texts[id] ?? ""}
            onChange={(event) => setTexts({ ...texts, [id]: event.target.value })}
          />
          <Checkbox
            isChecked={failed.includes(id)}
            onChange={(isFailed) => setFailed(isFailed ? [...failed, id] : failed.filter((one) => one !== id))}
          >
            <span className="text-label">{t("asError")}</span>
          </Checkbox>
        </div>
      ))}
      <Button type="submit" size="small" className="self-end">
        {t("sendResults", { count: calls.length })}
      </Button>
    </Form>
  );
}
