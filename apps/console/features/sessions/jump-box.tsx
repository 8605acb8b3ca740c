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
  /** The request whose turn is led to at first, and again when it is another. */
  openedRequest: string | null;
  /** Hands over the element of a turn that is loaded. */
  onShow: ShowRow;
  hasMore: boolean;
  onLoadMore: () => void;
}

const wordsLength = 48;
/** What stands on top of a conversation, whatever is scrolled. */
const headerPx = 56;

/** The turn that is being led to. */
interface Aim {
  id: string;
  arrive: (element: HTMLElement) => void;
}

/** Leads to a turn of a conversation; what lies before it is loaded on the way. */
export function JumpBox({ records, turns, openedRequest, onShow, hasMore, onLoadMore }: JumpBoxProps) {
  const t = useTranslations("sessions.jump");
  const format = useFormatter();
  const [chosen, setChosen] = useState("");
  const [aim, setAim] = useState<Aim | null>(null);
  const isOpenedKnown = records.some(({ id }) => id === openedRequest);
  useEffect(() => {
    if (openedRequest !== null && isOpenedKnown) setAim({ id: openedRequest, arrive: bringIntoSight });
  }, [openedRequest, isOpenedKnown]);
  useEffect(() => {
    if (aim === null) return;
    const index = turns.findIndex(({ request }) => request.id === aim.id);
    if (index === -1 && hasMore) {
      onLoadMore();
      return;
    }
    setAim(null);
    onShow(index, aim.arrive);
  }, [aim, turns, onShow, hasMore, onLoadMore]);
  if (records.length < 2) return null;
  const words = new Map(turns.map((turn) => [turn.request.id, firstWords(turn)]));
  return (
    <Select
      look="small"
      aria-label={t("label")}
      aria-busy={aim !== null}
      value={chosen}
      onChange={(event) => {
        const id = event.target.value;
        setChosen(id);
        setAim(id === "" ? null : { id, arrive: moveTo });
      }}
      className="w-44! max-sm:w-auto! max-sm:min-w-0 max-sm:flex-1"
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

/** The focus stays where it is: nobody asked for more than to see the turn. */
function bringIntoSight(element: HTMLElement): void {
  const { top } = element.getBoundingClientRect();
  if (top < headerPx || top > window.innerHeight / 2) element.scrollIntoView({ block: "start" });
}

function moveTo(element: HTMLElement): void {
  element.scrollIntoView({ block: "start" });
  element.focus({ preventScroll: true });
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
