import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { useToast } from "#components/ui/toast";
import { requestJson } from "#lib/api/request-json";
import type { RequestDetail } from "#lib/api/use-requests";
import type { SessionDetail } from "#lib/api/use-sessions";
import type { ChatProtocol } from "#lib/chat/conversation";
import type { ConversationTree } from "./conversation-tree";
import { decodeRecordedRequest, type LoadedRequest } from "./decode-recorded-request";

const protocols: Readonly<Record<string, ChatProtocol>> = {
  "openai-chat": "chat",
  "openai-responses": "responses",
  "anthropic-messages": "messages",
};

/** Opens what the address names: `request:ID`, or `session:ID` for its latest request. */
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
  const requestId = kind === "session" ? await latestRequestOf(id) : id;
  const path = `/api/requests/${encodeURIComponent(requestId)}`;
  const { protocol } = await requestJson<RequestDetail>(path);
  return decodeRecordedRequest(protocols[protocol] ?? "chat", await requestJson<unknown>(`${path}/request`));
}

async function latestRequestOf(sessionId: string): Promise<string> {
  const { records } = await requestJson<SessionDetail>(`/api/sessions/${encodeURIComponent(sessionId)}?bodies=omit`);
  return records.at(-1)?.id ?? "";
}
