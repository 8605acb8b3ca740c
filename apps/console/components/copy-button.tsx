"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { useToast } from "#components/ui/toast";
import { copyText } from "#lib/copy-text";

export interface CopyButtonProps {
  text: string;
  /** What is copied, for the button's accessible name. */
  label: string;
  /** Shows a word beside the icon: "Copy", or a better one. */
  withText?: boolean | string;
  size?: "icon" | "tinyIcon" | "small";
  className?: string;
}

const confirmationMs = 2_000;

/** Copies a text and says so for a moment. */
export function CopyButton({ text, label, withText = false, size, className }: CopyButtonProps) {
  const t = useTranslations("common");
  const showToast = useToast();
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), confirmationMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    if (await copyText(text)) setIsCopied(true);
    else showToast("failed", t("copyFailed"));
  };
  return (
    <Button
      variant={withText === false ? "ghost" : "secondary"}
      size={size ?? (withText === false ? "icon" : "medium")}
      data-copy
      aria-label={isCopied ? t("copied") : label}
      title={withText === false ? label : undefined}
      onClick={copy}
      {...(className === undefined ? {} : { className })}
    >
      {isCopied ? <Check aria-hidden className="text-ok" /> : <Copy aria-hidden />}
      {withText !== false && (isCopied ? t("copied") : withText === true ? t("copy") : withText)}
    </Button>
  );
}
