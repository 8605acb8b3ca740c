import { useMemo } from "react";
import type { StatsAnswer } from "#lib/api/use-stats";
import { type AnswerTime, timeOfAnswer } from "./time-of-answer";

/** As `timeOfAnswer`, worked out once: dates of a zone are dear. */
export function useTimeOfAnswer({ asked }: Pick<StatsAnswer, "asked">, nowMs: number): AnswerTime {
  return useMemo(() => timeOfAnswer({ asked }, nowMs), [asked, nowMs]);
}
