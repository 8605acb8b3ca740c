import { createManualClock } from "@copilot-llm/model/testing";
import { expect, test } from "vitest";
import { LoginThrottle } from "./login-throttle.js";

const minuteMs = 60_000;

function setUp() {
  const clock = createManualClock();
  const throttle = new LoginThrottle(clock);
  const tryMany = (count: number, name: string, address: string | null) => {
    for (let index = 0; index < count; index += 1) throttle.admit(name, address);
  };
  return { clock, throttle, tryMany };
}

test("ten tries from one address close the name there until 15 minutes after the first, and nowhere else", () => {
  const { clock, throttle, tryMany } = setUp();
  throttle.admit("ada", "10.0.0.1");
  clock.advance(5 * minuteMs);
  tryMany(9, "ada", "10.0.0.1");
  expect(() => throttle.admit("ada", "10.0.0.1")).toThrow(
    expect.objectContaining({ code: "limit_exceeded", retryAfterMs: 10 * minuteMs }),
  );
  throttle.admit("ada", "10.0.0.2");
  throttle.admit("bob", "10.0.0.1");
  clock.advance(10 * minuteMs);
  throttle.admit("ada", "10.0.0.1");
});

test("many addresses together cannot guess without end", () => {
  const { clock, throttle, tryMany } = setUp();
  for (let host = 0; host < 10; host += 1) tryMany(10, "ada", `10.0.0.${host}`);
  expect(() => throttle.admit("ada", "10.0.1.1")).toThrow(expect.objectContaining({ code: "limit_exceeded" }));
  clock.advance(15 * minuteMs);
  throttle.admit("ada", "10.0.1.1");
});

test("a refused try is not counted, so that nobody stays locked by trying on", () => {
  const { clock, throttle, tryMany } = setUp();
  tryMany(10, "ada", null);
  for (let minute = 0; minute < 14; minute += 1) {
    clock.advance(minuteMs);
    expect(() => throttle.admit("ada", null)).toThrow();
  }
  clock.advance(minuteMs);
  tryMany(10, "ada", null);
});

test("a right try starts the name afresh", () => {
  const { throttle, tryMany } = setUp();
  for (let round = 0; round < 50; round += 1) {
    tryMany(1, "ada", "10.0.0.1");
    throttle.forgive("ada", "10.0.0.1");
  }
  tryMany(9, "ada", "10.0.0.1");
  throttle.admit("ada", "10.0.0.1");
  throttle.forgive("ada", "10.0.0.1");
  tryMany(10, "ada", "10.0.0.1");
});

test("made-up names push out old counts, never the newest", () => {
  const { throttle, tryMany } = setUp();
  for (let index = 0; index < 20_000; index += 1) throttle.admit(`name ${index}`, null);
  tryMany(10, "ada", null);
  expect(() => throttle.admit("ada", null)).toThrow(expect.objectContaining({ code: "limit_exceeded" }));
});
