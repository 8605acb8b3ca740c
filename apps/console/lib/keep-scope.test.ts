import { expect, it } from "vitest";
import { keepScope } from "./keep-scope";

const from = (pathname: string, search: string) => ({ pathname, search });

it("takes the span along between pages about requests, and not what they show of it", () => {
  expect(keepScope("/usage/", from("/", "?range=30d&tz=utc&metric=tokens"))).toBe("/usage/?range=30d&tz=utc");
  const custom = "?range=custom&from=2026-01-01T00%3A00%3A00Z&to=2026-01-02T00%3A00%3A00Z&view=raw";
  expect(keepScope("/", from("/sessions", custom))).toBe(
    "/?range=custom&from=2026-01-01T00%3A00%3A00Z&to=2026-01-02T00%3A00%3A00Z",
  );
});

it("leaves addresses alone that have no span to keep, or none to take", () => {
  expect(keepScope("/sessions/", from("/usage/", ""))).toBe("/sessions/");
  expect(keepScope("/keys/", from("/usage/", "?range=30d"))).toBe("/keys/");
  expect(keepScope("/usage/", from("/audit/", "?range=30d"))).toBe("/usage/");
  expect(keepScope("/usage/", from("/usage/", "?range=30d"))).toBe("/usage/");
});

it("takes the filters along: all of them to Sessions, the one that statistics take to the others", () => {
  expect(keepScope("/sessions/", from("/usage/", "?key=key_1&group=day"))).toBe("/sessions/?key=key_1");
  expect(keepScope("/usage/", from("/sessions/", "?protocol=openai-chat&token=tok_1&status=failed&q=x"))).toBe(
    "/usage/?token=tok_1",
  );
  expect(keepScope("/sessions/", from("/", "?range=30d&model=a%2Fb"))).toBe("/sessions/?range=30d&model=a%2Fb");
});
