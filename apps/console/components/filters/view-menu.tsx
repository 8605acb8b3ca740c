"use client";

import { Bookmark, BookmarkPlus, Link2, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { Menu, type MenuEntry } from "#components/ui/menu";
import { useToast } from "#components/ui/toast";
import { useOpenPage } from "#components/use-open-page";
import { copyText } from "#lib/copy-text";
import { useStoredPreference } from "#lib/stored-preference";
import { SaveViewDialog } from "./save-view-dialog";
import { parseSavedViews, type SavedView } from "./saved-views";

/** Copies the page's address with all its filters, and keeps views of the page in this browser. */
export function ViewMenu({ name }: { name: string }) {
  const t = useTranslations("filters.views");
  const openPage = useOpenPage();
  const showToast = useToast();
  const [stored, setStored] = useStoredPreference(`console.views.${name}`);
  const [isNaming, setIsNaming] = useState(false);
  const views = parseSavedViews(stored);
  const save = (next: readonly SavedView[]) => setStored(JSON.stringify(next));
  const entries: MenuEntry[] = [
    {
      kind: "action",
      label: t("copyLink"),
      icon: Link2,
      onAction: async () => {
        const isCopied = await copyText(window.location.href);
        showToast(isCopied ? "done" : "failed", t(isCopied ? "linkCopied" : "linkNotCopied"));
      },
    },
    { kind: "action", label: t("save"), icon: BookmarkPlus, onAction: () => setIsNaming(true) },
    ...(views.length === 0 ? [] : [{ kind: "separator", id: "views" } as const]),
    ...views.map(
      (view): MenuEntry => ({
        kind: "action",
        label: view.name,
        icon: Bookmark,
        onAction: () => openPage(`${window.location.pathname}${view.search}`),
      }),
    ),
    ...(views.length === 0
      ? []
      : [
          {
            kind: "action",
            label: t("forgetAll"),
            icon: Trash2,
            onAction: () => save([]),
          } as const,
        ]),
  ];
  return (
    <>
      <Menu
        entries={entries}
        trigger={(control) => (
          <Button {...control} variant="outline" size="icon" aria-label={t("label")} title={t("label")}>
            <Bookmark aria-hidden />
          </Button>
        )}
      />
      {isNaming && (
        <SaveViewDialog
          onClose={() => setIsNaming(false)}
          onSave={(viewName) => {
            const others = views.filter((view) => view.name !== viewName);
            save([...others, { name: viewName, search: window.location.search }]);
            setIsNaming(false);
          }}
        />
      )}
    </>
  );
}
