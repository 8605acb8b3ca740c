"use client";

import { useTranslations } from "use-intl";
import { useIsAdmin } from "#lib/api/use-auth";
import { classNames } from "#lib/class-names";
import { footNavigation, type NavigationEntry, navigation } from "./navigation";
import { ScopeLink } from "./scope-link";
import { useNavigationBadges } from "./use-navigation-badges";

interface NavigationLinksProps {
  /** Icons only, with the words on hover. */
  isCollapsed?: boolean;
  onFollow?: () => void;
}

/** Links to the console's pages, in groups; the current one is marked. */
export function NavigationLinks({ isCollapsed = false, onFollow }: NavigationLinksProps) {
  const t = useTranslations("navigation");
  const isAdmin = useIsAdmin();
  const shown = (entries: readonly NavigationEntry[]) =>
    entries
      .filter(({ isAdminOnly }) => isAdmin || isAdminOnly !== true)
      .map((entry) => <NavigationLink key={entry.path} entry={entry} isCollapsed={isCollapsed} onFollow={onFollow} />);
  return (
    <nav aria-label={t("label")} className="flex min-h-full flex-col gap-4">
      {navigation.map(({ labelKey, entries }) => (
        <div key={labelKey} className="flex flex-col gap-px">
          {isCollapsed ? (
            <span className="mx-2 mb-1 border-t first:hidden" />
          ) : (
            <p className="px-2.5 pb-1 text-label text-foreground-soft">{t(`groups.${labelKey}`)}</p>
          )}
          {shown(entries)}
        </div>
      ))}
      <div className="mt-auto flex flex-col gap-px">{shown(footNavigation)}</div>
    </nav>
  );
}

interface NavigationLinkProps {
  entry: NavigationEntry;
  isCollapsed: boolean;
  onFollow: (() => void) | undefined;
}

function NavigationLink({ entry: { path, labelKey, icon: Icon }, isCollapsed, onFollow }: NavigationLinkProps) {
  const t = useTranslations("navigation");
  const badge = useNavigationBadges()[labelKey];
  const label = t(labelKey);
  return (
    <ScopeLink
      path={path}
      title={isCollapsed ? label : undefined}
      onFollow={onFollow}
      className="group relative flex h-8 items-center gap-2.5 rounded-md px-2.5 text-small font-medium text-foreground-soft transition-colors hover:bg-muted hover:text-foreground aria-[current]:bg-muted aria-[current]:text-foreground pointer-coarse:h-11 max-lg:h-11"
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className={classNames(isCollapsed && "sr-only", "flex-1 truncate")}>{label}</span>
      {badge !== undefined && (
        <span
          title={badge.text}
          className={classNames(
            "text-label tabular-nums",
            isCollapsed
              ? "absolute top-1 right-1 size-2 overflow-hidden rounded-full bg-bar-warn text-transparent"
              : "rounded bg-warn-soft px-1.5 text-warn",
          )}
        >
          <span aria-hidden>{badge.count}</span>
          <span className="sr-only">{badge.text}</span>
        </span>
      )}
    </ScopeLink>
  );
}
