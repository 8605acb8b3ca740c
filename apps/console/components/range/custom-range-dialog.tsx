import { useState } from "react";
import { type DateRange, DayPicker } from "react-day-picker";
import { enUS, zhCN } from "react-day-picker/locale";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "#components/ui/dialog";
import { dayMs } from "#lib/time-units";
import { createZonedCalendar } from "#lib/zoned-calendar";
import type { CustomRangeProps } from "./custom-range-props";

const classes = {
  root: "mx-auto w-fit text-small",
  months: "relative flex flex-wrap justify-center gap-8",
  month: "flex flex-col gap-2",
  month_caption: "flex h-9 items-center justify-center font-medium",
  nav: "absolute inset-x-0 top-0 flex justify-between",
  button_previous: "grid size-9 place-items-center rounded-md hover:bg-muted aria-disabled:opacity-40",
  button_next: "grid size-9 place-items-center rounded-md hover:bg-muted aria-disabled:opacity-40",
  chevron: "size-4 fill-foreground-soft",
  weekday: "size-9 text-label font-normal text-foreground-soft",
  day: "p-0 text-center aria-selected:bg-muted",
  day_button: "size-9 rounded-md hover:bg-muted",
  today: "font-semibold text-accent",
  outside: "text-foreground-soft",
  disabled: "opacity-40",
  range_start: "rounded-l-md [&>button]:bg-primary! [&>button]:text-primary-foreground",
  range_end: "rounded-r-md [&>button]:bg-primary! [&>button]:text-primary-foreground",
  hidden: "invisible",
} as const;

/** Days of one's own, from the first one's beginning to the last one's end. */
export function CustomRangeDialog({ range, onClose }: CustomRangeProps) {
  const t = useTranslations("range");
  const tCommon = useTranslations("common");
  const locale = useLocale();
  const [days, setDays] = useState<DateRange | undefined>(() => ({
    from: new Date(range.fromMs),
    to: new Date(range.toMs - 1),
  }));
  const apply = () => {
    if (days?.from === undefined) return;
    const last = days.to ?? days.from;
    const zone = createZonedCalendar(range.timeZone);
    // The numbers of the chosen days, in the zone that the page shows.
    const startOf = (date: Date, shift: number) =>
      zone.startOf(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate() + shift));
    range.chooseDays(startOf(days.from, 0), startOf(last, 1));
    onClose();
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("custom")} size="large">
      <DialogBody>
        <DayPicker
          mode="range"
          numberOfMonths={2}
          defaultMonth={new Date(range.toMs - 31 * dayMs)}
          disabled={{ after: new Date() }}
          selected={days}
          onSelect={setDays}
          locale={locale === "zh-CN" ? zhCN : enUS}
          classNames={classes}
        />
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onClick={onClose}>
          {tCommon("cancel")}
        </Button>
        <Button onClick={apply} isDisabled={days?.from === undefined}>
          {t("apply")}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
