import { Toast } from "@base-ui/react/toast";
import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import type { ToastMessage, ToastOverlayProps } from "./toast-message";

const shownMs = { done: 5_000, undoable: 8_000, failed: 10_000 } as const;

/** The toasts themselves; `ToastProvider` fetches them at the first press of anything. */
export function ToastOverlay({ messages, onGone }: ToastOverlayProps) {
  const t = useTranslations("common");
  return (
    <Toast.Provider limit={4}>
      <Feed messages={messages} onGone={onGone} />
      <Toast.Portal>
        <Toast.Viewport
          aria-label={t("notifications")}
          className="fixed right-0 bottom-0 z-60 flex w-full max-w-sm flex-col gap-2 p-4 outline-none max-lg:bottom-14"
        >
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

/** Hands each message to the toasts once, and takes back those that made room for others. */
function Feed({ messages, onGone }: ToastOverlayProps) {
  const { add, close } = Toast.useToastManager<ToastMessage>();
  const handed = useRef(new Map<number, string>());
  useEffect(() => {
    const current = new Set(messages.map(({ id }) => id));
    for (const [id, toastId] of handed.current) {
      if (current.has(id)) continue;
      handed.current.delete(id);
      close(toastId);
    }
    for (const message of messages) {
      if (handed.current.has(message.id)) continue;
      const toastId = add({
        title: message.text,
        priority: message.kind === "failed" ? "high" : "low",
        timeout: message.action === undefined ? shownMs[message.kind] : shownMs.undoable,
        data: message,
        onRemove: () => {
          message.onGone?.();
          onGone(message.id);
        },
      });
      handed.current.set(message.id, toastId);
    }
  }, [messages, add, close, onGone]);
  return null;
}

function ToastList() {
  const t = useTranslations("common");
  const { toasts, close } = Toast.useToastManager<ToastMessage>();
  return toasts.map((toast) => {
    const Icon = toast.data?.kind === "failed" ? CircleAlert : CircleCheck;
    return (
      <Toast.Root
        key={toast.id}
        toast={toast}
        className="flex animate-rise-in items-start gap-2.5 rounded-lg border bg-surface-raised text-foreground py-2.5 pr-2 pl-3.5 shadow-lg data-[limited]:hidden"
      >
        <Icon
          aria-hidden
          className={
            toast.data?.kind === "failed" ? "mt-0.5 size-4 shrink-0 text-danger" : "mt-0.5 size-4 shrink-0 text-ok"
          }
        />
        <Toast.Title render={<p />} className="min-w-0 flex-1 text-small break-words" />
        {toast.data?.action !== undefined && (
          <button
            type="button"
            className="shrink-0 rounded px-1.5 text-small font-medium text-accent hover:underline"
            onClick={() => {
              toast.data?.action?.onAction();
              close(toast.id);
            }}
          >
            {toast.data.action.label}
          </button>
        )}
        <Toast.Close
          aria-label={t("close")}
          className="grid size-6 shrink-0 place-items-center rounded text-foreground-soft hover:text-foreground"
        >
          <X aria-hidden className="size-3.5" />
        </Toast.Close>
      </Toast.Root>
    );
  });
}
