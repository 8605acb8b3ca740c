import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { useOpenPage } from "#components/use-open-page";
import { useIsAdmin } from "#lib/api/use-auth";
import { type SearchHit, useSearch } from "#lib/api/use-search";
import { keepScope } from "#lib/keep-scope";
import { parsePastedId } from "#lib/parse-pasted-id";
import { useTheme } from "#lib/theme-preference";
import { useReturnFocus } from "#lib/use-return-focus";
import { useSettled } from "#lib/use-settled";
import { allPages } from "./navigation";
import { createPaletteItems, encodePaletteQuery, type PaletteItem } from "./palette-items";

interface Command extends Omit<PaletteItem, "path"> {
  run: () => void;
}

interface CommandGroup {
  value: string;
  items: Command[];
}

const maxShown = 60;
const typingMs = 150;
const noHits: readonly SearchHit[] = [];

/** Pages, things and actions by name; a pasted id leads to what it names. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const t = useTranslations("palette");
  const returnFocus = useReturnFocus();
  const [query, setQuery] = useState("");
  const typed = encodePaletteQuery(query);
  const asked = useSettled(typed, typingMs);
  const found = useSearch(asked);
  const groups = useCommandGroups(query, typed === "" ? noHits : (found.data ?? noHits), asked);
  const isSearching = typed !== "" && (typed !== asked || found.isFetching);
  const hasFailed = typed !== "" && found.isError && !isSearching;
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 animate-fade-in bg-black/45 dark:bg-black/65" />
        <Dialog.Popup
          aria-label={t("title")}
          finalFocus={returnFocus}
          className="fixed top-[12vh] left-1/2 z-50 flex max-h-[70vh] w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 animate-fade-in flex-col overflow-hidden rounded-xl border bg-surface-raised text-foreground shadow-xl outline-none"
        >
          <Autocomplete.Root
            open
            inline
            items={groups}
            value={query}
            onValueChange={setQuery}
            autoHighlight="always"
            keepHighlight
            limit={maxShown}
            itemToStringValue={(item: Command) => item.search}
          >
            <div className="flex items-center gap-2.5 border-b px-4">
              <Search aria-hidden className="size-4 text-foreground-soft" />
              <Autocomplete.Input
                aria-label={t("title")}
                placeholder={t("placeholder")}
                className="h-12 w-full bg-transparent text-body outline-none placeholder:text-foreground-soft pointer-coarse:text-base"
              />
            </div>
            <Autocomplete.Empty>
              {!hasFailed && (
                <p className="px-4 py-8 text-center text-small text-foreground-soft">
                  {t(isSearching ? "searching" : "empty")}
                </p>
              )}
            </Autocomplete.Empty>
            <Autocomplete.List className="min-h-0 flex-1 overflow-y-auto p-1.5 empty:p-0">
              {(group: CommandGroup) => (
                <Autocomplete.Group key={group.value} items={group.items} className="mb-1">
                  <Autocomplete.GroupLabel className="px-2.5 py-1.5 text-label text-foreground-soft">
                    {group.value}
                  </Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(item: Command) => (
                      <Autocomplete.Item
                        key={item.id}
                        value={item}
                        onClick={() => {
                          onClose();
                          item.run();
                        }}
                        className="flex min-h-9 cursor-pointer items-center gap-3 rounded-md px-2.5 text-body outline-none data-[highlighted]:bg-muted pointer-coarse:min-h-11"
                      >
                        <span className="min-w-0 flex-1 truncate">{item.label}</span>
                        {item.detail !== undefined && (
                          <span className="max-w-[45%] shrink-0 truncate text-label text-foreground-soft">
                            {item.detail}
                          </span>
                        )}
                      </Autocomplete.Item>
                    )}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
            {hasFailed && (
              <p role="alert" className="flex items-center justify-between gap-3 border-t px-4 py-2 text-small">
                {t("failed")}
                <Button variant="outline" size="small" onClick={() => void found.refetch()}>
                  {t("retry")}
                </Button>
              </p>
            )}
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function useCommandGroups(query: string, hits: readonly SearchHit[], asked: string): readonly CommandGroup[] {
  const t = useTranslations("palette");
  const tNavigation = useTranslations("navigation");
  const openPage = useOpenPage();
  const isAdmin = useIsAdmin();
  const [, setTheme] = useTheme();
  return useMemo(() => {
    const leadTo = ({ path, ...item }: PaletteItem): Command => ({
      ...item,
      run: () => openPage(keepScope(path, window.location)),
    });
    const found = createPaletteItems(hits, asked);
    const pasted = parsePastedId(query);
    const pages = allPages
      .filter(({ isAdminOnly }) => isAdmin || isAdminOnly !== true)
      .map(({ path, labelKey, shortcut }) =>
        leadTo({
          id: `page ${path}`,
          label: tNavigation(labelKey),
          search: `${tNavigation(labelKey)} ${path}`,
          path,
          ...(shortcut === undefined ? {} : { detail: `g ${shortcut}` }),
        }),
      );
    const create = (id: "createKey" | "addToken", path: string) =>
      leadTo({ id, label: t(id), search: t(id), path: `${path}?new=1` });
    const actions: Command[] = [
      ...(isAdmin ? [create("createKey", "/keys/"), create("addToken", "/tokens/")] : []),
      {
        id: "theme",
        label: t("toggleTheme"),
        search: t("toggleTheme"),
        run: () => {
          const isDark = document.documentElement.classList.contains("dark");
          setTheme(isDark ? "light" : "dark");
        },
      },
    ];
    const groups: CommandGroup[] = [
      ...(pasted === null
        ? []
        : [
            {
              value: t("groups.pasted"),
              items: [leadTo({ id: "pasted", label: t(`open.${pasted.kind}`), search: query, path: pasted.path })],
            },
          ]),
      // A pasted id that was recognised leads there at once; any other is what the gateway says it is.
      ...(pasted === null
        ? [{ value: t("groups.pasted"), items: [...found.request, ...found.session].map(leadTo) }]
        : []),
      { value: t("groups.pages"), items: pages },
      { value: t("groups.actions"), items: actions },
      { value: t("groups.keys"), items: found.key.map(leadTo) },
      { value: t("groups.tokens"), items: found.token.map(leadTo) },
      { value: t("groups.models"), items: found.model.map(leadTo) },
    ];
    return groups.filter(({ items }) => items.length > 0);
  }, [query, hits, asked, t, tNavigation, openPage, isAdmin, setTheme]);
}
