"use client";

import { ChevronsUpDown, LogOut } from "lucide-react";
import { useTranslations } from "use-intl";
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from "#components/ui/dropdown-menu";
import { useToast } from "#components/ui/toast";
import { useAuthStatus, useLogout } from "#lib/api/use-auth";
import { useErrorMessage } from "#lib/use-error-message";

/** Who is logged in, and the way out. */
export function UserMenu() {
  const t = useTranslations("userMenu");
  const { data: status } = useAuthStatus();
  const logout = useLogout();
  const showToast = useToast();
  const errorMessage = useErrorMessage();
  const username = status?.username ?? "";
  return (
    <DropdownMenu
      side="top"
      align="start"
      trigger={
        <button
          type="button"
          className="flex h-11 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-muted data-[state=open]:bg-muted"
        >
          <span className="sr-only">{t("label")} </span>
          <span
            aria-hidden
            className="grid size-7 place-items-center rounded-full bg-info-soft text-xs font-semibold text-info uppercase"
          >
            {username.slice(0, 1)}
          </span>
          <span className="min-w-0 flex-1 truncate text-[0.8125rem] font-medium">{username}</span>
          <ChevronsUpDown aria-hidden className="size-3.5 text-foreground-soft" />
        </button>
      }
    >
      <MenuLabel>
        {username}
        {status?.role == null ? "" : ` · ${t(`roles.${status.role}`)}`}
      </MenuLabel>
      <MenuSeparator />
      <MenuItem
        onAction={() => logout.mutate(undefined, { onError: (error) => showToast("failed", errorMessage(error)) })}
      >
        <LogOut aria-hidden />
        {t("logOut")}
      </MenuItem>
    </DropdownMenu>
  );
}
