import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { useApiKeys } from "#lib/api/use-api-keys";
import { useIsAdmin } from "#lib/api/use-auth";
import { useGithubTokens } from "#lib/api/use-github-tokens";
import { useModels } from "#lib/api/use-models";
import { leavePage } from "#lib/leave-guard";
import { parsePastedId } from "#lib/parse-pasted-id";
import { useTheme } from "#lib/theme-preference";
import { useReturnFocus } from "#lib/use-return-focus";
import { allPages } from "./navigation";
import { createPaletteItems, type PaletteItem } from "./palette-items";

interface Command extends Omit<PaletteItem, "path"> {
  run: () => void;
}

interface CommandGroup {
  value: string;
  items: Command[];
}

const maxShown = 60;

/** Pages, things and actions by name; a pasted id leads to what it names. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const t = useTranslations("palette");
  const returnFocus = useReturnFocus();
  const [query, setQuery] = useState("");
  const groups = useCommandGroups(query);
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
              <p className="px-4 py-8 text-center text-small text-foreground-soft">{t("empty")}</p>
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
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function useCommandGroups(query: string): readonly CommandGroup[] {
  const t = useTranslations("palette");
  const tNavigation = useTranslations("navigation");
  const router = useRouter();
  const isAdmin = useIsAdmin();
  const [, setTheme] = useTheme();
  const { data: keyList } = useApiKeys();
  const { data: tokenList } = useGithubTokens();
  const { data: models } = useModels();
  return useMemo(() => {
    const leadTo = ({ path, ...item }: PaletteItem): Command => ({
      ...item,
      run: () => leavePage(() => router.push(path)),
    });
    const found = createPaletteItems({
      keys: keyList?.keys ?? [],
      tokens: tokenList?.tokens ?? [],
      models: models ?? [],
    });
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
      { value: t("groups.pages"), items: pages },
      { value: t("groups.actions"), items: actions },
      { value: t("groups.keys"), items: found.keys.map(leadTo) },
      { value: t("groups.tokens"), items: found.tokens.map(leadTo) },
      { value: t("groups.models"), items: found.models.map(leadTo) },
    ];
    return groups.filter(({ items }) => items.length > 0);
  }, [query, t, tNavigation, router, isAdmin, keyList, tokenList, models, setTheme]);
}
