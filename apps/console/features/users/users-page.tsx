"use client";

import { Ellipsis, KeyRound, Pencil, Plus, ScrollText, Trash2 } from "lucide-react";
import { parseAsString, useQueryStates } from "nuqs";
import { Suspense, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { AdminOnly } from "#components/admin-only";
import type { DataColumn } from "#components/data-table/data-column";
import { DataTable } from "#components/data-table/data-table";
import { ErrorNotice } from "#components/error-notice";
import { ListSkeleton } from "#components/list-skeleton";
import { PageBody } from "#components/page-body";
import { PageHeader } from "#components/page-header";
import { DayTime, RelativeTime } from "#components/relative-time";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Menu } from "#components/ui/menu";
import { useAuthStatus, useIsAdmin } from "#lib/api/use-auth";
import { type ConsoleUser, useUsers } from "#lib/api/use-users";
import { createLazyPart } from "#lib/lazy-part";
import type { UserDialogProps } from "./user-dialog";

const UserDialog = createLazyPart<UserDialogProps>(async () => (await import("./user-dialog")).UserDialog);

/** Who may open the console. */
export function UsersPage() {
  const t = useTranslations("users");
  const isAdmin = useIsAdmin();
  const [{ new: isCreating, sort }, setView] = useQueryStates({
    new: parseAsString,
    sort: parseAsString.withDefault(""),
  });
  return (
    <>
      <PageHeader
        title={t("title")}
        action={
          isAdmin && (
            <Button size="small" onPointerEnter={UserDialog.preload} onClick={() => void setView({ new: "1" })}>
              <Plus aria-hidden />
              {t("create.action")}
            </Button>
          )
        }
      />
      <PageBody>
        <AdminOnly>
          <UserList sort={sort} onSort={(next) => void setView({ sort: next === "" ? null : next })} />
        </AdminOnly>
      </PageBody>
      {isAdmin && isCreating !== null && (
        <Suspense>
          <UserDialog kind="create" onClose={() => void setView({ new: null })} />
        </Suspense>
      )}
    </>
  );
}

interface UserListProps {
  sort: string;
  onSort: (sort: string) => void;
}

function UserList({ sort, onSort }: UserListProps) {
  const t = useTranslations("users");
  const { data: users, error, refetch } = useUsers();
  const columns = useUserColumns(users ?? []);
  return (
    <>
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {users === undefined && error === null && <ListSkeleton />}
      {users !== undefined && (
        <Card className="overflow-hidden">
          <DataTable
            caption={t("title")}
            rows={users}
            columns={columns}
            rowId={({ id }) => id}
            rowLabel={({ username }) => username}
            sort={sort}
            onSort={onSort}
            isDimmed={error !== null}
          />
        </Card>
      )}
    </>
  );
}

function useUserColumns(users: readonly ConsoleUser[]): readonly DataColumn<ConsoleUser>[] {
  const t = useTranslations("users");
  const { data: status } = useAuthStatus();
  const isSingleAdmin = users.filter(({ role }) => role === "admin").length === 1;
  const ownName = status?.username;
  return useMemo(
    () => [
      {
        id: "username",
        header: t("columns.username"),
        isTitle: true,
        sortValue: ({ username }) => username.toLowerCase(),
        cell: ({ username }) => (
          <span className="flex items-center gap-2">
            <span className="truncate">{username}</span>
            {username === ownName && <Badge>{t("you")}</Badge>}
          </span>
        ),
      },
      {
        id: "role",
        header: t("columns.role"),
        width: "22%",
        sortValue: ({ role }) => role,
        cell: ({ role }) => <Badge tone={role === "admin" ? "info" : "neutral"}>{t(`roles.${role}`)}</Badge>,
      },
      {
        id: "created",
        header: t("columns.created"),
        width: "22%",
        sortValue: ({ created_at: at }) => at,
        cell: ({ created_at: at }) => <DayTime time={at} />,
      },
      {
        id: "signedIn",
        header: t("columns.lastSignIn"),
        width: "22%",
        sortValue: ({ last_sign_in_at: at }) => at,
        cell: ({ last_sign_in_at: at }) => (at === null ? t("never") : <RelativeTime time={at} />),
      },
      {
        id: "actions",
        header: "",
        width: "6rem",
        align: "end",
        card: "aside",
        cell: (user) => (
          <UserActions
            user={user}
            keptBecause={
              user.username === ownName
                ? t("notYourself")
                : isSingleAdmin && user.role === "admin"
                  ? t("lastAdmin")
                  : null
            }
          />
        ),
      },
    ],
    [t, isSingleAdmin, ownName],
  );
}

interface UserActionsProps {
  user: ConsoleUser;
  /** Why the user cannot be deleted. */
  keptBecause: string | null;
}

function UserActions({ user, keptBecause }: UserActionsProps) {
  const t = useTranslations("users");
  const [dialog, setDialog] = useState<"edit" | "password" | "delete" | null>(null);
  const { username } = user;
  return (
    <>
      <Menu
        entries={[
          { kind: "action", label: t("actions.edit"), icon: Pencil, onAction: () => setDialog("edit") },
          { kind: "action", label: t("actions.password"), icon: KeyRound, onAction: () => setDialog("password") },
          {
            kind: "link",
            label: t("actions.audit"),
            icon: ScrollText,
            href: `/audit/?actor=${encodeURIComponent(username)}`,
          },
          { kind: "separator", id: "danger" },
          {
            kind: "action",
            label: t("actions.delete"),
            icon: Trash2,
            isDangerous: true,
            onAction: () => setDialog("delete"),
            ...(keptBecause === null ? {} : { disabledReason: keptBecause }),
          },
        ]}
        trigger={(control) => (
          <Button {...control} variant="ghost" size="icon" aria-label={t("actions.menu", { username })}>
            <Ellipsis aria-hidden />
          </Button>
        )}
      />
      {dialog !== null && (
        <Suspense>
          <UserDialog kind={dialog} user={user} onClose={() => setDialog(null)} />
        </Suspense>
      )}
    </>
  );
}
