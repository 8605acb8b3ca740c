"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Send, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Reasoning } from "#components/conversation/reasoning";
import { ErrorNotice } from "#components/error-notice";
import { Markdown } from "#components/markdown/markdown";
import { Button, ButtonLink } from "#components/ui/button";
import { Form } from "#components/ui/form";
import { TextArea } from "#components/ui/input";
import { ApiError } from "#lib/api/api-error";
import { queryKeys } from "#lib/api/query-keys";
import type { SessionDetail } from "#lib/api/use-sessions";
import type { ChatProtocol } from "#lib/chat/conversation";
import { type Exchange, sendRequest } from "#lib/chat/send-request";

const protocols: Readonly<Record<string, ChatProtocol>> = {
  "openai-chat": "chat",
  "openai-responses": "responses",
  "anthropic-messages": "messages",
};

/** Says something more in a recorded conversation; it becomes the next request of it. */
export function ContinueBox({ session }: { session: SessionDetail }) {
  const t = useTranslations("sessions.continue");
  const queryClient = useQueryClient();
  const [message, setMessage] = useState("");
  const [exchange, setExchange] = useState<Exchange | null>(null);
  const [isRunning, setIsRunning] = useState(false);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const protocol = protocols[session.protocol];
  if (protocol === undefined || session.records.every(({ recording }) => recording !== "full")) return null;
  const send = async () => {
    if (message.trim() === "") return;
    const controller = new AbortController();
    abort.current = controller;
    setIsRunning(true);
    setExchange(null);
    const done = await sendRequest({
      protocol,
      path: `/api/sessions/${encodeURIComponent(session.id)}/continue`,
      credential: { kind: "session" },
      body: { message },
      signal: controller.signal,
      onProgress: (progress) => setExchange({ ...progress }),
    });
    setIsRunning(false);
    if (done.answer.error !== null) return;
    setMessage("");
    await queryClient.invalidateQueries({ queryKey: [...queryKeys.sessions, "detail", session.id] });
    await queryClient.invalidateQueries({ queryKey: [...queryKeys.sessions, "turns", session.id] });
    setExchange(null);
  };
  const answer = exchange?.answer;
  return (
    <Form onSubmit={() => void send()} isBusy={isRunning} className="sticky bottom-0 border-t bg-surface p-4">
      {answer !== undefined && (
        <div className="mb-3 max-h-64 overflow-y-auto text-body" aria-live="polite">
          <Reasoning text={answer.reasoning} isStreaming={isRunning} />
          <Markdown text={answer.text} isStreaming={isRunning} />
          {answer.error !== null && (
            <ErrorNotice error={new ApiError({ status: 0, ...answer.error })} className="mt-2" />
          )}
        </div>
      )}
      <div className="flex flex-wrap items-end justify-end gap-2">
        <TextArea
          aria-label={t("message")}
          placeholder={t("message")}
          rows={1}
          value={message}
          onChange={(event) => setMessage(event.target.value)}
          className="max-h-40 min-h-9! min-w-40 flex-1 resize-none"
        />
        {isRunning ? (
          <Button variant="secondary" onClick={() => abort.current?.abort()}>
            <Square aria-hidden />
            {t("stop")}
          </Button>
        ) : (
          <Button type="submit" isDisabled={message.trim() === ""}>
            <Send aria-hidden />
            {t("send")}
          </Button>
        )}
        <ButtonLink variant="outline" href={`/playground/?from=${encodeURIComponent(`session:${session.id}`)}`}>
          {t("elsewhere")}
        </ButtonLink>
      </div>
    </Form>
  );
}
