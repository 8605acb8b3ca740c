import { type RefObject, useCallback, useMemo, useRef } from "react";
import type { MessagePart, SessionTurn } from "#lib/api/use-sessions";
import type { SoughtRows } from "#lib/find/use-found-in-rows";
import { collectTools } from "./collect-tools";
import { listTurnTexts, type TextPart } from "./list-turn-texts";
import { isLongConversation, splitTurns } from "./split-turns";
import type { TurnListHandle } from "./turn-list";

/** A long conversation as what is looked through; null for one that is in the page as a whole. */
export function useSoughtTurns(
  turns: readonly SessionTurn[],
  isPlain: boolean,
  list: RefObject<TurnListHandle | null>,
): SoughtRows | null {
  const rows = useMemo(() => (isLongConversation(turns) ? splitTurns(turns) : null), [turns]);
  const tools = useMemo(() => collectTools(turns), [turns]);
  const known = useRef(new WeakMap<MessagePart, readonly string[]>());
  const loadReader = useCallback(async () => {
    const { listMarkdownTexts } = await import("#components/markdown/list-markdown-texts");
    // Read once: more turns come in while a text is looked for.
    const readMarkdown = (part: TextPart) => {
      const texts = known.current.get(part) ?? listMarkdownTexts(part.text);
      known.current.set(part, texts);
      return texts;
    };
    return (index: number) => {
      const row = rows?.[index];
      return row === undefined ? [] : listTurnTexts(row, { tools, isPlain, readMarkdown });
    };
  }, [rows, tools, isPlain]);
  return useMemo(
    () =>
      rows === null
        ? null
        : {
            count: rows.length,
            loadReader,
            show: (index, then) => list.current?.showRow(index, then),
            element: () => list.current?.element() ?? null,
          },
    [rows, loadReader, list],
  );
}
