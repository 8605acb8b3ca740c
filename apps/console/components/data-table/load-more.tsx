"use client";

import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";

interface LoadMoreProps {
  hasMore: boolean;
  isLoading: boolean;
  onLoad: () => void;
}

/** At the end of a list: loads the next page when it comes into sight, or by its button. */
export function LoadMore({ hasMore, isLoading, onLoad }: LoadMoreProps) {
  const t = useTranslations("table");
  const end = useRef<HTMLDivElement>(null);
  const load = useRef(onLoad);
  useEffect(() => {
    load.current = onLoad;
  });
  const isReady = hasMore && !isLoading;
  useEffect(() => {
    const element = end.current;
    if (!isReady || element === null || typeof IntersectionObserver === "undefined") return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting === true) load.current();
      },
      { rootMargin: "400px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [isReady]);
  if (!hasMore) return null;
  return (
    <div ref={end} className="flex justify-center p-3">
      <Button variant="ghost" size="small" isBusy={isLoading} onClick={onLoad}>
        {t("more")}
      </Button>
    </div>
  );
}
