"use client";

import { RefreshCw } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { useToast } from "#components/ui/toast";
import { useCheckAllGithubTokens } from "#lib/api/use-github-tokens";
import { useErrorSentence } from "#lib/use-error-message";

/** Asks GitHub about every token now. */
export function CheckAllButton() {
  const t = useTranslations("tokens");
  const showToast = useToast();
  const errorSentence = useErrorSentence();
  const check = useCheckAllGithubTokens();
  return (
    <Button
      variant="outline"
      size="small"
      isBusy={check.isPending}
      onClick={() =>
        check.mutate(undefined, {
          onSuccess: () => showToast("done", t("checkedAllToast")),
          onError: (error) => showToast("failed", errorSentence(error)),
        })
      }
    >
      <RefreshCw aria-hidden />
      <span className="max-sm:sr-only">{t("checkAll")}</span>
    </Button>
  );
}
