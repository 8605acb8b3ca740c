"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { type RefObject, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { Input } from "#components/ui/input";
import { findText } from "#lib/find-text";

interface FindBoxProps {
  /** What is looked through. */
  content: RefObject<HTMLElement | null>;
  /** Changes with what stands in it. */
  version: unknown;
  /** There is more than what stands in it: it is asked for, so that nothing is passed over. */
  hasMore: boolean;
  onLoadMore: () => void;
}

const waitMs = 150;

/** Finds a text in a conversation: Enter leads to the next place, with shift to the one before. */
export function FindBox({ content, version, hasMore, onLoadMore }: FindBoxProps) {
  const t = useTranslations("sessions.find");
  const [query, setQuery] = useState("");
  const [places, setPlaces] = useState<readonly Range[]>([]);
  const [current, setCurrent] = useState(-1);
  const text = query.trim();
  useEffect(() => {
    if (text !== "" && hasMore) onLoadMore();
  }, [text, hasMore, onLoadMore]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands in the conversation changes with its version
  useEffect(() => {
    const timer = setTimeout(() => {
      setPlaces(content.current === null ? [] : findText(content.current, text));
      setCurrent(-1);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [content, version, text]);
  useEffect(() => {
    if (typeof Highlight === "undefined") return;
    CSS.highlights.set("find", new Highlight(...places));
    const place = places[current];
    if (place === undefined) CSS.highlights.delete("find-current");
    else CSS.highlights.set("find-current", new Highlight(place));
    return () => {
      CSS.highlights.delete("find");
      CSS.highlights.delete("find-current");
    };
  }, [places, current]);
  const go = (step: 1 | -1) => {
    if (places.length === 0) return;
    const next = (current === -1 && step === -1 ? places.length - 1 : current + step + places.length) % places.length;
    setCurrent(next);
    const element = places[next]?.startContainer.parentElement ?? null;
    for (let folded = element?.closest("details") ?? null; folded !== null; ) {
      folded.open = true;
      folded = folded.parentElement?.closest("details") ?? null;
    }
    element?.scrollIntoView({ block: "center" });
  };
  return (
    <div className="flex items-center gap-1">
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
        className="w-44! max-sm:w-32!"
      />
      <output className="min-w-16 text-center text-label text-foreground-soft tabular-nums">
        {text !== "" && t("places", { current: current + 1, count: places.length })}
      </output>
      <Button
        variant="ghost"
        size="icon"
        aria-label={t("previous")}
        isDisabled={places.length === 0}
        onClick={() => go(-1)}
      >
        <ChevronUp aria-hidden />
      </Button>
      <Button variant="ghost" size="icon" aria-label={t("next")} isDisabled={places.length === 0} onClick={() => go(1)}>
        <ChevronDown aria-hidden />
      </Button>
    </div>
  );
}
