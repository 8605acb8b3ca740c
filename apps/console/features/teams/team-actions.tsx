"use client";

import { ChartColumn, Ellipsis, KeyRound, Pencil, Trash2 } from "lucide-react";
import { Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { preloadDialog } from "#components/ui/dialog";
import { Menu } from "#components/ui/menu";
import type { Team } from "#lib/api/use-teams";
import { createLazyPart } from "#lib/lazy-part";
import type { TeamDialogProps } from "./team-dialog";

const TeamDialog = createLazyPart<TeamDialogProps>(async () => (await import("./team-dialog")).TeamDialog);

/** What can be done with one team. */
export function TeamActions({ team }: { team: Team }) {
  const t = useTranslations("teams.actions");
  const [dialog, setDialog] = useState<"edit" | "delete" | null>(null);
  const { id, name, key_ids: keyIds } = team;
  return (
    <div onPointerEnter={preloadDialog}>
      <Menu
        entries={[
          { kind: "action", label: t("edit"), icon: Pencil, onAction: () => setDialog("edit") },
          { kind: "link", label: t("keys"), icon: KeyRound, href: `/keys/?team=${encodeURIComponent(id)}` },
          { kind: "link", label: t("usage"), icon: ChartColumn, href: "/usage/?group=team&subgroup=key" },
          { kind: "separator", id: "danger" },
          {
            kind: "action",
            label: t("delete"),
            icon: Trash2,
            isDangerous: true,
            onAction: () => setDialog("delete"),
            ...(keyIds.length === 0 ? {} : { disabledReason: t("hasKeys", { count: keyIds.length }) }),
          },
        ]}
        trigger={(control) => (
          <Button {...control} variant="ghost" size="icon" aria-label={t("menu", { name })}>
            <Ellipsis aria-hidden />
          </Button>
        )}
      />
      {dialog !== null && (
        <Suspense>
          <TeamDialog kind={dialog} team={team} onClose={() => setDialog(null)} />
        </Suspense>
      )}
    </div>
  );
}
