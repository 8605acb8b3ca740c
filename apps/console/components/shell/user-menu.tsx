"use client";

import { ChevronsUpDown, CircleUser, Keyboard, LogOut } from "lucide-react";
import { useContext } from "react";
import { useTranslations } from "use-intl";
import { Menu } from "#components/ui/menu";
import { useToast } from "#components/ui/toast";
import { useAuthStatus, useIsAdmin, useLogout } from "#lib/api/use-auth";
import { classNames } from "#lib/class-names";
import { KnownUserContext } from "#lib/known-user-context";
import { useErrorSentence } from "#lib/use-error-message";
import { shortcutsEvent } from "./shell-shortcuts";

/** Who is logged in, what a viewer may not do, and the way out. */
export function UserMenu({ isCollapsed = false }: { isCollapsed?: boolean }) {
  const t = useTranslations("userMenu");
  const { data: status } = useAuthStatus();
  const isAdmin = useIsAdmin();
  const logout = useLogout();
  const showToast = useToast();
  const errorSentence = useErrorSentence();
  const known = useContext(KnownUserContext);
  const username = status?.username ?? known?.username ?? "";
  const role = status?.role == null ? "" : ` · ${t(`roles.${status.role}`)}`;
  return (
    <Menu
      side="top"
      align="start"
      entries={[
        { kind: "text", label: `${username}${role}` },
        ...(isAdmin ? [] : [{ kind: "text", label: t("viewerNotice") } as const]),
        { kind: "separator", id: "identity" },
        { kind: "link", label: t("account"), icon: CircleUser, href: "/settings/#account" },
        {
          kind: "action",
          label: t("shortcuts"),
          icon: Keyboard,
          onAction: () => window.dispatchEvent(new Event(shortcutsEvent)),
        },
        { kind: "separator", id: "end" },
        {
          kind: "action",
          label: t("logOut"),
          icon: LogOut,
          onAction: () => logout.mutate(undefined, { onError: (error) => showToast("failed", errorSentence(error)) }),
        },
      ]}
      trigger={(control) => (
        <button
          {...control}
          type="button"
          className={classNames(
            "flex h-9 items-center gap-2 rounded-md text-left hover:bg-muted aria-expanded:bg-muted pointer-coarse:h-11",
            isCollapsed ? "w-8 justify-center" : "w-full px-1.5",
          )}
        >
          <span className="sr-only">{t("label")} </span>
          <span
            aria-hidden
            className="grid size-6 shrink-0 place-items-center rounded-full bg-info-soft text-label font-semibold text-info uppercase"
          >
            {username.slice(0, 1)}
          </span>
          <span className={classNames("min-w-0 flex-1 truncate text-small font-medium", isCollapsed && "sr-only")}>
            {username}
          </span>
          {!isCollapsed && <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-foreground-soft" />}
        </button>
      )}
    />
  );
}
