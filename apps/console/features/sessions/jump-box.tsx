"use client";

import { useEffect, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Select } from "#components/ui/input";
import type { RequestFacts } from "#lib/api/use-requests";
import type { SessionTurn } from "#lib/api/use-sessions";
import type { ShowRow } from "#lib/long-list";

interface JumpBoxProps {
  /** Every request of the conversation, those among them whose turns are not loaded yet. */
  records: readonly RequestFacts[];
  /** What is loaded, in the order in which it stands in the list. */
  turns: readonly SessionTurn[];
  /** Hands over the element of a turn that is loaded. */
  onShow: ShowRow;
  hasMore: boolean;
  onLoadMore: () => void;
}

const wordsLength = 48;

/** Leads to a turn of a conversation; what lies before it is loaded on the way. */
export function JumpBox({ records, turns, onShow, hasMore, onLoadMore }: JumpBoxProps) {
  const t = useTranslations("sessions.jump");
  const format = useFormatter();
  const [chosen, setChosen] = useState("");
  const [isUnderWay, setUnderWay] = useState(false);
  useEffect(() => {
    if (!isUnderWay) return;
    const index = turns.findIndex(({ request }) => request.id === chosen);
    if (index === -1 && hasMore) {
      onLoadMore();
      return;
    }
    setUnderWay(false);
    onShow(index, (element) => {
      element.scrollIntoView({ block: "start" });
      element.focus({ preventScroll: true });
    });
  }, [isUnderWay, chosen, turns, onShow, hasMore, onLoadMore]);
  if (records.length < 2) return null;
  const words = new Map(turns.map((turn) => [turn.request.id, firstWords(turn)]));
  return (
    <Select
      look="small"
      aria-label={t("label")}
      aria-busy={isUnderWay}
      value={chosen}
      onChange={(event) => {
        setChosen(event.target.value);
        setUnderWay(event.target.value !== "");
      }}
      className="w-44! max-sm:w-32!"
    >
      <option value="">{t("label")}</option>
      {records.map(({ id, at }, index) => (
        <option key={id} value={id}>
          {`${index + 1}. ${words.get(id) || format.dateTime(new Date(at), { timeStyle: "medium" })}`}
        </option>
      ))}
    </Select>
  );
}

/** What the user said in a turn, as long as fits a list; empty where a tool spoke, or nothing is recorded. */
function firstWords({ messages }: SessionTurn): string {
  const said = messages.findLast(({ role }) => role === "user")?.parts ?? [];
  const text = said
    .flatMap((part) => (part.type === "text" ? [part.text] : []))
    .join(" ")
    .replaceAll(/\s+/gu, " ")
    .trim();
  const letters = [...text];
  return letters.length > wordsLength ? `${letters.slice(0, wordsLength).join("")}…` : text;
}
