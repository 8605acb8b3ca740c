"use client";

import { CalendarRange } from "lucide-react";
import { Suspense, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { Menu, type MenuEntry } from "#components/ui/menu";
import { createLazyPart } from "#lib/lazy-part";
import { type RangeName, rangeNames } from "#lib/range";
import { dayMs } from "#lib/time-units";
import type { RangeState } from "#lib/use-range";
import type { CustomRangeProps } from "./custom-range-props";

const CustomRangeDialog = createLazyPart<CustomRangeProps>(
  async () => (await import("./custom-range-dialog")).CustomRangeDialog,
  { close: ({ onClose }) => onClose() },
);

/** Chooses the span that the page shows, and whether its times are the reader's or UTC. */
export function RangePicker({ range }: { range: RangeState }) {
  const t = useTranslations("range");
  const format = useFormatter();
  const [isCustomOpen, setIsCustomOpen] = useState(false);
  const zone = zoneLabel(range.isUtc);
  const label =
    range.name === "custom"
      ? format.dateTimeRange(new Date(range.fromMs), new Date(range.toMs), {
          dateStyle: "medium",
          ...(range.toMs - range.fromMs < 3 * dayMs ? { timeStyle: "short" } : {}),
        })
      : t(`names.${range.name}`);
  const zoneEntries: MenuEntry[] = [
    { kind: "separator", id: "zone" },
    {
      kind: "choice",
      label: t("zone"),
      value: range.isUtc ? "utc" : "local",
      options: [
        { value: "local", label: t("local", { zone: zoneLabel(false) }) },
        { value: "utc", label: "UTC" },
      ],
      onChange: (value) => range.setUtc(value === "utc"),
    },
  ];
  const entries: MenuEntry[] = [
    {
      kind: "choice",
      label: t("label"),
      value: range.name,
      options: rangeNames
        .filter((name) => name !== "custom")
        .map((name) => ({ value: name, label: t(`names.${name}`) })),
      onChange: (value) => {
        const name = rangeNames.find((known): known is Exclude<RangeName, "custom"> => known === value);
        if (name !== undefined) range.choose(name);
      },
    },
    {
      kind: "action",
      label: t("custom"),
      onAction: () => setIsCustomOpen(true),
    },
    ...(range.isAlwaysUtc ? [] : zoneEntries),
  ];
  return (
    <>
      <Menu
        entries={entries}
        trigger={(control) => (
          <Button {...control} variant="outline" size="small" className="max-w-full">
            <CalendarRange aria-hidden />
            <span className="truncate">{label}</span>
            <span className="text-label font-normal text-foreground-soft max-sm:hidden">{zone}</span>
          </Button>
        )}
      />
      {isCustomOpen && (
        <Suspense>
          <CustomRangeDialog range={range} onClose={() => setIsCustomOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

/** `UTC`, or the reader's distance to it: `UTC+8`. */
export function zoneLabel(isUtc: boolean): string {
  const minutes = isUtc ? 0 : -new Date().getTimezoneOffset();
  if (minutes === 0) return "UTC";
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? "−" : "+"}${hours}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`}`;
}
