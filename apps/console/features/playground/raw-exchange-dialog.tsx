import { useTranslations } from "use-intl";
import { JsonBody } from "#components/json/json-body";
import { Dialog, DialogBody } from "#components/ui/dialog";
import { Tabs } from "#components/ui/tabs";
import { useFigures } from "#lib/use-figures";
import type { PlayedAnswer } from "./conversation-tree";

export interface RawExchangeProps {
  answer: PlayedAnswer;
  onClose: () => void;
}

/** What was sent, and every event that came back with its time. */
export function RawExchangeDialog({ answer: { body, exchange }, onClose }: RawExchangeProps) {
  const t = useTranslations("playground.answer");
  const figures = useFigures();
  const events = exchange.events.map(({ data }) => data).join("\n");
  return (
    <Dialog isOpen onClose={onClose} title={t("raw")} size="wide">
      <DialogBody>
        <Tabs
          label={t("raw")}
          tabs={[
            {
              id: "request",
              label: t("request"),
              content: <JsonBody text={JSON.stringify(body)} label={t("request")} fileName="request.json" />,
            },
            {
              id: "events",
              label: t("events", { count: exchange.events.length }),
              content: (
                <div className="flex flex-col gap-3">
                  <ol className="max-h-[50vh] overflow-auto rounded-lg border bg-code font-mono text-label">
                    {exchange.events.slice(0, 1_000).map((event, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: events only come
                      <li key={index} className="flex gap-3 border-b px-3 py-1 last:border-b-0">
                        <span className="w-16 shrink-0 text-right text-foreground-soft tabular-nums">
                          {figures.duration(event.atMs)}
                        </span>
                        <span className="min-w-0 break-all">{event.data}</span>
                      </li>
                    ))}
                  </ol>
                  <JsonBody text={events} label={t("allEvents")} fileName="events.jsonl" />
                </div>
              ),
            },
          ]}
        />
      </DialogBody>
    </Dialog>
  );
}
