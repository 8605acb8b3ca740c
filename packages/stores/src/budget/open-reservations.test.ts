import type { Charges } from "@copilot-llm/model";
import { expect, it } from "vitest";
import type { MinuteItem } from "./minute-window.js";
import { OpenReservations } from "./open-reservations.js";

const dayMs = 86_400_000;
const lastOfMonthMs = Date.UTC(2026, 0, 31, 12);
const amounts: Charges = { requests: 1, premiumUnits: 0.33, nanoAiu: 5, tokens: 100 };

function open(times: readonly number[]) {
  const reservations = new OpenReservations();
  const items = times.map((atMs, index): MinuteItem => {
    const item = { atMs, charges: amounts };
    reservations.add({ id: `r${index}`, keyId: "k", atMs, amounts, claims: [] }, item);
    return item;
  });
  return { reservations, items };
}

it("adds up what is open, by the day and the month in which each began", () => {
  const { reservations } = open([lastOfMonthMs, lastOfMonthMs, lastOfMonthMs + dayMs]);
  expect(reservations.reserved("open", "requests", 0)).toBe(3);
  expect(reservations.reserved("lifetime", "premiumUnits", 0)).toBe(0.99);
  expect(reservations.reserved("day", "tokens", lastOfMonthMs)).toBe(200);
  expect(reservations.reserved("month", "tokens", lastOfMonthMs + dayMs)).toBe(100);
  expect(reservations.reserved("day", "tokens", lastOfMonthMs - dayMs)).toBe(0);
});

it("forgets what was removed, once, and leaves no crumbs", () => {
  const { reservations, items } = open([lastOfMonthMs, lastOfMonthMs + dayMs, lastOfMonthMs + dayMs]);
  expect(reservations.remove("r0")).toBe(items[0]);
  expect(reservations.remove("r0")).toBeNull();
  expect(reservations.reserved("month", "requests", lastOfMonthMs)).toBe(0);
  expect(reservations.reserved("day", "requests", lastOfMonthMs + dayMs)).toBe(2);
  reservations.remove("r1");
  reservations.remove("r2");
  for (const window of ["open", "lifetime", "day", "month"] as const) {
    expect(reservations.reserved(window, "premiumUnits", lastOfMonthMs + dayMs)).toBe(0);
  }
});
