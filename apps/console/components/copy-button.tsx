"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { useToast } from "#components/ui/toast";
import { copyText } from "#lib/copy-text";

interface CopyButtonProps {
  text: string;
  /** What is copied, for the button's accessible name. */
  label: string;
  /** Shows the word beside the icon. */
  withText?: boolean;
  className?: string;
}

const confirmationMs = 2_000;

/** Copies a text and says so for a moment. */
export function CopyButton({ text, label, withText = false, className }: CopyButtonProps) {
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
      variant={withText ? "secondary" : "ghost"}
      size={withText ? "medium" : "icon"}
      aria-label={isCopied ? t("copied") : label}
      onClick={copy}
      {...(className === undefined ? {} : { className })}
    >
      {isCopied ? <Check aria-hidden className="text-ok" /> : <Copy aria-hidden />}
      {withText && (isCopied ? t("copied") : t("copy"))}
    </Button>
  );
}
