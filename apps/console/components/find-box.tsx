"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { Input } from "#components/ui/input";
import { useFoundInPage } from "#lib/find/use-found-in-page";
import { type SoughtRows, useFoundInRows } from "#lib/find/use-found-in-rows";

interface FindBoxProps {
  /** What is looked through, where all of it is in the page. */
  element?: (() => HTMLElement | null) | null;
  /** Changes with what stands in it. */
  version?: unknown;
  /** What is looked through, where only what is in sight is in the page. */
  sought?: SoughtRows | null;
  /** There is more than what stands in it: it is asked for, so that nothing is passed over. */
  hasMore?: boolean;
  onLoadMore?: () => void;
}

/** Finds a text in a conversation: Enter leads to the next place, with shift to the one before. */
export function FindBox(props: FindBoxProps) {
  const { element = null, sought = null, hasMore = false, onLoadMore } = props;
  const t = useTranslations("conversation.find");
  const [query, setQuery] = useState("");
  const text = query.trim();
  useEffect(() => {
    if (text !== "" && hasMore) onLoadMore?.();
  }, [text, hasMore, onLoadMore]);
  const inPage = useFoundInPage(sought === null ? element : null, props.version, text);
  const inRows = useFoundInRows(sought, text);
  const { count, current, go } = sought === null ? inPage : inRows;
  return (
    <div className="flex min-w-0 items-center gap-1 max-sm:flex-1 max-sm:basis-full">
      <Input
        type="search"
        look="small"
        data-page-search
        aria-label={t("label")}
        placeholder={t("label")}
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
          if (event.key !== "Escape" || query === "") return;
          // Else it would close the conversation.
          event.preventDefault();
          setQuery("");
        }}
        className="w-52! max-sm:w-auto! max-sm:min-w-0 max-sm:flex-1"
      />
      <output className="min-w-16 text-center text-label text-foreground-soft tabular-nums">
        {text !== "" && t("places", { current: current + 1, count })}
      </output>
      <Button variant="ghost" size="icon" aria-label={t("previous")} isDisabled={count === 0} onClick={() => go(-1)}>
        <ChevronUp aria-hidden />
      </Button>
      <Button variant="ghost" size="icon" aria-label={t("next")} isDisabled={count === 0} onClick={() => go(1)}>
        <ChevronDown aria-hidden />
      </Button>
    </div>
  );
}
