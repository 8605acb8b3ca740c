import { expect, it } from "vitest";
import { keepSpan } from "./keep-span";

const from = (pathname: string, search: string) => ({ pathname, search });

it("takes the span along between pages about requests, and nothing else of them", () => {
  expect(keepSpan("/usage/", from("/", "?range=30d&tz=utc&metric=tokens"))).toBe("/usage/?range=30d&tz=utc");
  const custom = "?range=custom&from=2026-01-01T00%3A00%3A00Z&to=2026-01-02T00%3A00%3A00Z&model=a";
  expect(keepSpan("/", from("/sessions", custom))).toBe(
    "/?range=custom&from=2026-01-01T00%3A00%3A00Z&to=2026-01-02T00%3A00%3A00Z",
  );
});

it("leaves addresses alone that have no span to keep, or none to take", () => {
  expect(keepSpan("/sessions/", from("/usage/", ""))).toBe("/sessions/");
  expect(keepSpan("/keys/", from("/usage/", "?range=30d"))).toBe("/keys/");
  expect(keepSpan("/usage/", from("/audit/", "?range=30d"))).toBe("/usage/");
  expect(keepSpan("/usage/", from("/usage/", "?range=30d"))).toBe("/usage/");
});
