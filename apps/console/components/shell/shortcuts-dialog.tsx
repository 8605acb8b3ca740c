import { useTranslations } from "use-intl";
import { Dialog, DialogBody } from "#components/ui/dialog";
import { allPages } from "./navigation";

/** Every shortcut of the console. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("shortcuts");
  const tNavigation = useTranslations("navigation");
  const general = [
    [t("palette"), [t("paletteKeys")]],
    [t("list"), ["?"]],
    [t("search"), ["/"]],
    [t("sideBar"), ["["]],
    [t("nextRow"), ["j"]],
    [t("previousRow"), ["k"]],
    [t("openRow"), ["Enter"]],
    [t("edit"), ["e"]],
    [t("copy"), ["c"]],
    [t("close"), ["Esc"]],
    [t("submit"), [t("submitKeys")]],
    [t("notifications"), ["F6"]],
  ] as const;
  const pages = allPages.flatMap(({ labelKey, shortcut }) =>
    shortcut === undefined ? [] : [[tNavigation(labelKey), ["g", shortcut]] as const],
  );
  return (
    <Dialog isOpen onClose={onClose} title={t("title")} size="large">
      <DialogBody>
        <div className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
          <ShortcutList title={t("general")} shortcuts={general} />
          <ShortcutList title={t("pages")} shortcuts={pages} />
        </div>
      </DialogBody>
    </Dialog>
  );
}

interface ShortcutListProps {
  title: string;
  shortcuts: readonly (readonly [string, readonly string[]])[];
}

function ShortcutList({ title, shortcuts }: ShortcutListProps) {
  return (
    <section>
      <h3 className="mb-1 text-label font-medium text-foreground-soft">{title}</h3>
      <dl className="divide-y text-small">
        {shortcuts.map(([label, keys]) => (
          <div key={label} className="flex items-center justify-between gap-4 py-1.5">
            <dt>{label}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <kbd key={key} className="min-w-6 rounded border bg-muted px-1.5 text-center font-sans text-label">
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
