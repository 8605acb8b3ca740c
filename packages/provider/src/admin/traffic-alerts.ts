import { dayMs, hourMs } from "@copilot-llm/model";
import type { Alert } from "../changes/alert.js";
import type { RequestCounts, Traffic } from "./read-traffic.js";

/** Fewer say little: three requests make no alarm. */
const fewestInHour = 20;
const fewestErrors = 5;
const fewestInWeek = 100;
/** After a week without a failure any is many times as many. */
const lowestRate = 0.05;
const timesTheWeeks = 3;
const dailyForDays = 7;
/** Somebody has seen it by then, or nobody means to send requests any more. */
const silenceIsToldForMs = 3 * dayMs;

/** What the number of requests, and of those that failed, gives away. */
export function trafficAlerts(traffic: Traffic, nowMs: number): readonly Alert[] {
  return [...errorRateAlerts(traffic), ...silenceAlerts(traffic, nowMs)];
}

function errorRateAlerts({ hour, week }: Traffic): readonly Alert[] {
  if (hour.requests < fewestInHour || hour.errors < fewestErrors || week.requests < fewestInWeek) return [];
  const [rate, weekRate] = [rateOf(hour), rateOf(week)];
  if (rate < lowestRate || rate <= timesTheWeeks * weekRate) return [];
  const { requests, errors } = hour;
  return [{ severity: "warning", code: "error_rate_high", requests, errors, rate, weekRate }];
}

function rateOf({ requests, errors }: RequestCounts): number {
  return errors / requests;
}

/** A gateway that has its quiet days is not told from one that is cut off. */
function silenceAlerts({ busyHourStartsMs }: Traffic, nowMs: number): readonly Alert[] {
  const lastStartMs = busyHourStartsMs.at(-1);
  if (lastStartMs === undefined) return [];
  const sinceMs = lastStartMs + hourMs;
  const silentForMs = nowMs - sinceMs;
  if (silentForMs < dayMs || silentForMs >= silenceIsToldForMs) return [];
  const busyDays = new Set(busyHourStartsMs.map((startMs) => Math.floor((lastStartMs - startMs) / dayMs)));
  const isDaily = Array.from({ length: dailyForDays }, (_, day) => day).every((day) => busyDays.has(day));
  return isDaily ? [{ severity: "warning", code: "nothing_recorded", sinceMs }] : [];
}
