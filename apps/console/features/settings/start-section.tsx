import { useTranslations } from "use-intl";
import type { GatewaySettings } from "#lib/api/use-settings";
import { useFigures } from "#lib/use-figures";
import { SettingsSection } from "./settings-section";
import { startMeanings } from "./start-meanings";

/** What the environment said at the start, those that are set first; it is changed there. */
export function StartSection({ settings }: { settings: GatewaySettings }) {
  const t = useTranslations("settings.start");
  const { variables } = settings.start_settings;
  const sorted = variables.toSorted((one, other) => Number(other.is_set) - Number(one.is_set));
  return (
    <SettingsSection id="start" title={t("title")}>
      <p className="px-4 pt-3 text-small text-foreground-soft">{t("text")}</p>
      <dl className="divide-y px-4 py-1">
        {sorted.map(({ name, value, is_set: isSet }) => {
          const known = startMeanings.find((one) => one === name);
          return (
            <div key={name} className="grid gap-x-4 py-2 text-small sm:grid-cols-[17rem_minmax(0,1fr)]">
              <dt className="font-mono text-label leading-5 break-all">{name}</dt>
              <dd className={isSet ? "font-medium break-words" : "text-foreground-soft"}>
                {value === null ? t(isSet ? "set" : "unset") : <Value name={name} value={value} />}
              </dd>
              {known !== undefined && (
                <dd className="text-label text-foreground-soft sm:col-start-2">{t(`meanings.${known}`)}</dd>
              )}
            </div>
          );
        })}
      </dl>
    </SettingsSection>
  );
}

/** Sizes and times as people read them, with what stands in the environment on hover. */
function Value({ name, value }: { name: string; value: string }) {
  const figures = useFigures();
  const milliseconds = /^(\d+)ms$/u.exec(value)?.[1];
  if (milliseconds !== undefined) return <span title={value}>{figures.duration(Number(milliseconds))}</span>;
  const mebibytes = Number(value) / 2 ** 20;
  if (name.endsWith("_BYTES") && Number.isInteger(mebibytes)) {
    return <span title={value}>{figures.count(mebibytes)} MiB</span>;
  }
  return value;
}
