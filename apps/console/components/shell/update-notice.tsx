"use client";

import { useRef } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { useAuthStatus } from "#lib/api/use-auth";

/** Offers to load the page anew when the gateway was updated under it. */
export function UpdateNotice() {
  const t = useTranslations("common");
  const version = useAuthStatus().data?.version;
  const first = useRef(version);
  first.current ??= version;
  if (version === undefined || version === first.current) return null;
  return (
    <div role="status" className="flex items-center justify-center gap-3 bg-info-soft px-4 py-1.5 text-small text-info">
      {t("updated", { version })}
      <Button variant="secondary" size="small" onClick={() => window.location.reload()}>
        {t("reload")}
      </Button>
    </div>
  );
}
