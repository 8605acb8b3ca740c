import { type RefObject, useCallback, useMemo, useRef } from "react";
import type { SoughtRows } from "#lib/find/use-found-in-rows";
import type { LongListHandle } from "#lib/long-list";
import type { PlayNode } from "./conversation-tree";
import { listStepTexts } from "./list-step-texts";

/** A long conversation as what is looked through; null for one that is in the page as a whole. */
export function useSoughtChat(
  path: readonly PlayNode[],
  rows: readonly PlayNode[],
  isLong: boolean,
  list: RefObject<LongListHandle | null>,
): SoughtRows | null {
  // A step that changes is another object.
  const known = useRef(new WeakMap<PlayNode, readonly string[]>());
  const now = useRef({ path, rows });
  now.current = { path, rows };
  const loadReader = useCallback(async () => {
    const { listMarkdownTexts } = await import("#components/markdown/list-markdown-texts");
    const readMarkdown = (node: PlayNode, text: string) => {
      const texts = known.current.get(node) ?? listMarkdownTexts(text);
      known.current.set(node, texts);
      return texts;
    };
    const { path: steps, rows: shown } = now.current;
    return (index: number) => {
      const node = shown[index];
      return node === undefined ? [] : listStepTexts(node, { next: steps[steps.indexOf(node) + 1], readMarkdown });
    };
  }, []);
  const last = rows.at(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is said last tells one state of a conversation from another
  return useMemo(
    () =>
      isLong
        ? {
            count: rows.length,
            loadReader,
            show: (index, then) => list.current?.show(index, then),
            element: () => list.current?.element() ?? null,
          }
        : null,
    [isLong, rows.length, last, loadReader, list],
  );
}
