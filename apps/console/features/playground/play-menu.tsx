"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Bookmark, Download, FileJson, Save, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ConfirmDialog } from "#components/confirm-dialog";
import { Button } from "#components/ui/button";
import { Menu, type MenuEntry } from "#components/ui/menu";
import { useToast } from "#components/ui/toast";
import { forgetSavedChats, listSavedChats, type SavedChat, saveChat } from "#lib/chat-store";
import { saveText } from "#lib/save-text";
import { useStoredPreference } from "#lib/stored-preference";
import { type ConversationTree, pathOf, wordsOf } from "./conversation-tree";
import { encodeMarkdown } from "./encode-markdown";
import type { Playground } from "./use-playground";

interface PlayMenuProps {
  playground: Playground;
  models: readonly string[];
  onModels: (ids: readonly string[]) => void;
}

interface SavedData {
  models: readonly string[];
  trees: readonly ConversationTree[];
}

const chatsKey = ["saved-chats"];

/** Keeps conversations in this browser, once that was agreed to, and saves them as files. */
export function PlayMenu({ playground, models, onModels }: PlayMenuProps) {
  const t = useTranslations("playground.saved");
  const queryClient = useQueryClient();
  const showToast = useToast();
  // What the browser says of it is in its own language, and of no help.
  const orTell = (step: Promise<void>, text: string) => void step.catch(() => showToast("failed", text));
  const [consent, setConsent] = useStoredPreference("console.keep-chats");
  const [isAsking, setIsAsking] = useState(false);
  const { data: chats } = useQuery({
    queryKey: chatsKey,
    queryFn: async () => (typeof indexedDB === "undefined" ? [] : listSavedChats()),
    retry: false,
  });
  const trees = playground.columns.map(({ tree }) => tree);
  const isEmpty = trees.every(({ nodes }) => nodes.length === 0);
  const keep = async () => {
    const [first] = pathOf(trees[0] ?? { nodes: [], chosen: {} });
    const words = first?.kind === "user" ? wordsOf(first.parts).trim() : "";
    const savedAt = new Date().toISOString();
    const chat: SavedChat = {
      // Nobody saves two in a millisecond, and a page that came without TLS makes no UUIDs.
      id: savedAt,
      title: words.slice(0, 60) || t("untitled"),
      savedAt,
      data: JSON.stringify({ models, trees } satisfies SavedData),
    };
    await saveChat(chat);
    await queryClient.invalidateQueries({ queryKey: chatsKey });
    showToast("done", t("kept"));
  };
  const forget = async () => {
    await forgetSavedChats();
    await queryClient.invalidateQueries({ queryKey: chatsKey });
  };
  const open = (chat: SavedChat) => {
    const { models: ids, trees: kept } = JSON.parse(chat.data) as SavedData;
    onModels(ids);
    playground.load(kept);
  };
  const fileName = `playground-${new Date().toISOString().slice(0, 10)}`;
  const entries: MenuEntry[] = [
    {
      kind: "action",
      label: t("keep"),
      icon: Save,
      ...(isEmpty ? { disabledReason: t("nothing") } : {}),
      onAction: () => (consent === "yes" ? orTell(keep(), t("notKept")) : setIsAsking(true)),
    },
    {
      kind: "action",
      label: t("json"),
      icon: FileJson,
      onAction: () => saveText(JSON.stringify({ models, trees }, null, 2), `${fileName}.json`, "application/json"),
    },
    {
      kind: "action",
      label: t("markdown"),
      icon: Download,
      onAction: () => saveText(encodeMarkdown(models, trees), `${fileName}.md`, "text/markdown"),
    },
    ...((chats ?? []).length === 0 ? [] : [{ kind: "separator", id: "chats" } as const]),
    ...[...(chats ?? [])]
      .sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1))
      .slice(0, 10)
      .map((chat): MenuEntry => ({ kind: "action", label: chat.title, icon: Bookmark, onAction: () => open(chat) })),
    ...((chats ?? []).length === 0
      ? []
      : [
          {
            kind: "action",
            label: t("forget"),
            icon: Trash2,
            isDangerous: true,
            onAction: () => orTell(forget(), t("notForgotten")),
          } as const,
        ]),
  ];
  return (
    <>
      <Menu
        entries={entries}
        trigger={(control) => (
          <Button {...control} variant="ghost" size="icon" aria-label={t("label")} title={t("label")}>
            <Save aria-hidden />
          </Button>
        )}
      />
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        title={t("askTitle")}
        confirmLabel={t("askConfirm")}
        isBusy={false}
        error={null}
        onConfirm={() => {
          setConsent("yes");
          setIsAsking(false);
          orTell(keep(), t("notKept"));
        }}
      >
        {t("askText")}
      </ConfirmDialog>
    </>
  );
}
