import type { SessionTurnPage } from "@copilot-llm/gateway/admin-api";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { useToast } from "#components/ui/toast";
import { requestJson } from "#lib/api/request-json";
import type { RequestDetail } from "#lib/api/use-requests";
import { mostTurns, type SessionTurn } from "#lib/api/use-sessions";
import type { ChatProtocol } from "#lib/chat/conversation";
import type { ConversationTree } from "./conversation-tree";
import { decodeRecordedRequest, type LoadedRequest, type RecordedAnswer } from "./decode-recorded-request";

const protocols: Readonly<Record<string, ChatProtocol>> = {
  "openai-chat": "chat",
  "openai-responses": "responses",
  "anthropic-messages": "messages",
};

/** Opens what the address names: `request:ID`, or `session:ID` for its latest request and the answer. */
export function useLoadedRequest(
  from: string | null,
  onTree: (trees: readonly ConversationTree[]) => void,
  onLoaded: (loaded: LoadedRequest) => void,
): void {
  const t = useTranslations("playground");
  const showToast = useToast();
  const latest = useRef({ onTree, onLoaded, t, showToast });
  useEffect(() => {
    latest.current = { onTree, onLoaded, t, showToast };
  });
  useEffect(() => {
    if (from === null) return;
    let isCurrent = true;
    loadRequest(from)
      .then((loaded) => {
        if (!isCurrent) return;
        latest.current.onLoaded(loaded);
        latest.current.onTree([loaded.tree]);
      })
      .catch(() => {
        if (isCurrent) latest.current.showToast("failed", latest.current.t("notLoaded"));
      });
    return () => {
      isCurrent = false;
    };
  }, [from]);
}

async function loadRequest(from: string): Promise<LoadedRequest> {
  const kind = from.slice(0, from.indexOf(":"));
  const id = from.slice(from.indexOf(":") + 1);
  const last = kind === "session" ? await lastTurnOf(id) : null;
  const requestId = last === null ? id : last.request.id;
  const path = `/api/requests/${encodeURIComponent(requestId)}`;
  const { protocol } = await requestJson<RequestDetail>(path);
  const body = await requestJson<unknown>(`${path}/request`);
  return decodeRecordedRequest(protocols[protocol] ?? "chat", body, last === null ? null : answerOf(last));
}

/** The end of a conversation: its latest request and what was answered. */
async function lastTurnOf(sessionId: string): Promise<SessionTurn | null> {
  const path = `/api/sessions/${encodeURIComponent(sessionId)}/turns`;
  for (let cursor: string | null = null; ; ) {
    const query: URLSearchParams = new URLSearchParams({
      limit: String(mostTurns),
      ...(cursor === null ? {} : { cursor }),
    });
    const page: SessionTurnPage = await requestJson<SessionTurnPage>(`${path}?${query}`);
    if (page.next_cursor === null) return page.turns.at(-1) ?? null;
    cursor = page.next_cursor;
  }
}

/** An answer as the playground has it; null where there was none. */
function answerOf({ answer }: SessionTurn): RecordedAnswer | null {
  if (answer === null) return null;
  const text = answer.flatMap((part) => (part.type === "text" || part.type === "refusal" ? [part.text] : []));
  const toolCalls = answer.flatMap((part) =>
    part.type === "tool_call" ? [{ id: part.call_id, name: part.name, arguments: part.input }] : [],
  );
  return { text: text.join("\n\n"), toolCalls };
}
