import { Button } from "#components/ui/button";
import type { Locale } from "#lib/locale-preference";

interface BareFailureProps {
  locale: Locale;
  onRetry: () => void;
}

/** Not among the messages: these words stand where messages cannot be had. */
const words = {
  en: {
    title: "The console could not be shown",
    text: "The gateway may be out of reach, or was updated meanwhile.",
    retry: "Try again",
    reload: "Reload",
  },
  "zh-CN": {
    title: "控制台无法显示",
    text: "网关可能无法访问，或已更新。",
    retry: "重试",
    reload: "重新加载",
  },
} as const satisfies Record<Locale, unknown>;

/** For when not even the frame of the pages can be shown. It needs nothing around it. */
export function BareFailure({ locale, onRetry }: BareFailureProps) {
  const { title, text, retry, reload } = words[locale];
  return (
    <main lang={locale} className="grid min-h-dvh place-content-center gap-4 p-6 text-center">
      <title>Copilot LLM Provider</title>
      <div role="alert">
        <h1 className="text-title font-semibold">{title}</h1>
        <p className="mt-1 max-w-md text-small text-foreground-soft">{text}</p>
      </div>
      <div className="flex justify-center gap-2">
        <Button onClick={() => window.location.reload()}>{reload}</Button>
        <Button variant="secondary" onClick={onRetry}>
          {retry}
        </Button>
      </div>
    </main>
  );
}
