"use client";

import { Download, Ellipsis, Link2, Trash2 } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { Menu } from "#components/ui/menu";
import { useToast } from "#components/ui/toast";
import { useIsAdmin } from "#lib/api/use-auth";
import { copyText } from "#lib/copy-text";
import { exportFormats, useSelectionExport } from "./use-selection-export";

interface SessionActionsProps {
  sessionId: string;
  /** The address of what is shown, within the console. */
  path: string;
  /** Closes the details, and leaves a way back for a while. */
  onDelete: () => void;
}

/** What can be done with one conversation. */
export function SessionActions({ sessionId, path, onDelete }: SessionActionsProps) {
  const t = useTranslations("sessions");
  const tViews = useTranslations("filters.views");
  const isAdmin = useIsAdmin();
  const showToast = useToast();
  const exportThese = useSelectionExport();
  const copyLink = async () => {
    const isCopied = await copyText(`${window.location.origin}${path}`);
    showToast(isCopied ? "done" : "failed", tViews(isCopied ? "linkCopied" : "linkNotCopied"));
  };
  return (
    <Menu
      align="end"
      entries={[
        { kind: "action", label: t("detail.copyLink"), icon: Link2, onAction: () => void copyLink() },
        ...exportFormats.map(
          (format) =>
            ({
              kind: "action",
              label: t(`export.these.${format}`),
              icon: Download,
              onAction: () => void exportThese([sessionId], format),
            }) as const,
        ),
        ...(isAdmin
          ? ([
              { kind: "separator", id: "danger" },
              { kind: "action", label: t("detail.delete"), icon: Trash2, isDangerous: true, onAction: onDelete },
            ] as const)
          : []),
      ]}
      trigger={(control) => (
        <Button {...control} variant="ghost" size="icon" aria-label={t("detail.actions")} title={t("detail.actions")}>
          <Ellipsis aria-hidden />
        </Button>
      )}
    />
  );
}
