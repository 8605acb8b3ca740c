import { useTranslations } from "use-intl";
import type { RequestFacts } from "#lib/api/use-requests";
import { classNames } from "#lib/class-names";
import { useFigures } from "#lib/use-figures";

/** The tokens of a request by their kind: what was new, read from the cache, written to it, thought and said. */
export function UsageBar({ request }: { request: RequestFacts }) {
  const t = useTranslations("sessions.facts.tokens");
  const figures = useFigures();
  const { input_tokens: input, output_tokens: output } = request;
  if (input === null || output === null) return <p className="text-small text-foreground-soft">{t("unknown")}</p>;
  const read = request.cache_read_tokens ?? 0;
  const written = request.cache_write_tokens ?? 0;
  const reasoning = Math.min(request.reasoning_tokens ?? 0, output);
  const parts = [
    { name: "fresh", value: Math.max(0, input - read - written), colour: "bg-series-1" },
    { name: "read", value: read, colour: "bg-series-2" },
    { name: "written", value: written, colour: "bg-series-3" },
    { name: "reasoning", value: reasoning, colour: "bg-series-4" },
    { name: "output", value: output - reasoning, colour: "bg-series-7" },
  ] as const;
  const total = Math.max(1, input + output);
  return (
    <div>
      <div aria-hidden className="flex h-2 gap-px overflow-hidden rounded-full bg-track">
        {parts.map(({ name, value, colour }) =>
          value > 0 ? <div key={name} className={colour} style={{ width: `${(value / total) * 100}%` }} /> : null,
        )}
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-label">
        {parts.map(({ name, value, colour }) => (
          <li key={name} className="flex items-center gap-1.5">
            <span aria-hidden className={classNames("size-2.5 rounded-xs", colour)} />
            <span className="text-foreground-soft">{t(name)}</span>
            <span className="tabular-nums">{figures.count(value)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
