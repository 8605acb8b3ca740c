"use client";

import { createContext, type ReactNode, Suspense, useCallback, useContext, useEffect, useRef, useState } from "react";
import { createLazyPart } from "#lib/lazy-part";
import type { ToastMessage, ToastOverlayProps } from "./toast-message";

type ShowToast = (kind: ToastMessage["kind"], text: string, options?: Pick<ToastMessage, "action" | "onGone">) => void;

const ToastContext = createContext<ShowToast | null>(null);

const ToastOverlay = createLazyPart<ToastOverlayProps>(async () => (await import("./toast-overlay")).ToastOverlay, {
  close: ({ messages, onGone }) => {
    for (const message of messages) {
      message.onGone?.();
      onGone(message.id);
    }
  },
});

/** Tells in passing what came of an action; screen readers hear it too. */
export function useToast(): ShowToast {
  const showToast = useContext(ToastContext);
  if (showToast === null) throw new Error("useToast needs a ToastProvider above");
  return showToast;
}

/** More would hide what they are about. */
const mostMessages = 3;

/**
 * The same message again takes the place of the first one, unless something hangs on how long that is shown. The oldest
 * make room, those first on which nothing hangs.
 */
function addMessage(shown: readonly ToastMessage[], message: ToastMessage): readonly ToastMessage[] {
  const others = shown.filter(
    ({ kind, text, onGone }) => kind !== message.kind || text !== message.text || onGone !== undefined,
  );
  const free = others.filter(({ onGone }) => onGone === undefined);
  const bound = others.filter(({ onGone }) => onGone !== undefined);
  const dropped = new Set([...free, ...bound].slice(0, Math.max(0, others.length + 1 - mostMessages)));
  return [...others.filter((other) => !dropped.has(other)), message];
}

/** Keeps what is told in passing: a few at most, each once. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const nextId = useRef(1);
  const [messages, setMessages] = useState<readonly ToastMessage[]>([]);
  const showToast = useCallback<ShowToast>((kind, text, options) => {
    const id = nextId.current++;
    setMessages((shown) => addMessage(shown, { id, kind, text, ...options }));
  }, []);
  // A toast may have to say that the gateway is gone, and then its code could not be fetched any more.
  useEffect(() => {
    const once = { once: true };
    window.addEventListener("pointerdown", ToastOverlay.preload, once);
    window.addEventListener("keydown", ToastOverlay.preload, once);
    return () => {
      window.removeEventListener("pointerdown", ToastOverlay.preload);
      window.removeEventListener("keydown", ToastOverlay.preload);
    };
  }, []);
  return (
    <ToastContext.Provider value={showToast}>
      {children}
      {messages.length > 0 && (
        <Suspense>
          <ToastOverlay
            messages={messages}
            onGone={(id) => setMessages((shown) => shown.filter((message) => message.id !== id))}
          />
        </Suspense>
      )}
    </ToastContext.Provider>
  );
}
