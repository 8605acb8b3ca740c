"use client";

import { CircleAlert, CircleCheck, X } from "lucide-react";
import { Toast as RadixToast } from "radix-ui";
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from "react";
import { useTranslations } from "use-intl";

interface ToastMessage {
  id: number;
  kind: "done" | "failed";
  text: string;
}

type ShowToast = (kind: ToastMessage["kind"], text: string) => void;

const ToastContext = createContext<ShowToast | null>(null);

/** Tells in passing what came of an action; screen readers hear it too. */
export function useToast(): ShowToast {
  const showToast = useContext(ToastContext);
  if (showToast === null) throw new Error("useToast needs a ToastProvider above");
  return showToast;
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useTranslations("common");
  const nextId = useRef(1);
  const [messages, setMessages] = useState<readonly ToastMessage[]>([]);
  const showToast = useCallback<ShowToast>((kind, text) => {
    const id = nextId.current++;
    setMessages((shown) => [...shown.slice(-2), { id, kind, text }]);
  }, []);
  const forget = (id: number) => setMessages((shown) => shown.filter((message) => message.id !== id));
  return (
    <ToastContext.Provider value={showToast}>
      <RadixToast.Provider label={t("notification")} duration={5_000}>
        {children}
        {messages.map((message) => (
          <RadixToast.Root
            key={message.id}
            type={message.kind === "failed" ? "foreground" : "background"}
            duration={message.kind === "failed" ? 10_000 : 5_000}
            onOpenChange={(open) => open || forget(message.id)}
            className="flex animate-rise-in items-start gap-2.5 rounded-lg border bg-surface-raised py-2.5 pr-2 pl-3.5 shadow-lg"
          >
            {message.kind === "done" ? (
              <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-ok" />
            ) : (
              <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
            )}
            <RadixToast.Description className="min-w-0 flex-1 text-[0.8125rem] break-words">
              {message.text}
            </RadixToast.Description>
            <RadixToast.Close
              aria-label={t("close")}
              className="grid size-6 shrink-0 place-items-center rounded text-foreground-soft hover:text-foreground"
            >
              <X aria-hidden className="size-3.5" />
            </RadixToast.Close>
          </RadixToast.Root>
        ))}
        <RadixToast.Viewport
          label={t("notificationsRegion", { hotkey: "{hotkey}" })}
          className="fixed right-0 bottom-0 z-60 flex w-full max-w-sm flex-col gap-2 p-4 outline-none"
        />
      </RadixToast.Provider>
    </ToastContext.Provider>
  );
}
