import { createManualClock } from "@copilot-llm/model/testing";
import { expect, test } from "vitest";
import { LoginThrottle } from "./login-throttle.js";

const minuteMs = 60_000;
const tooMany = expect.objectContaining({ code: "limit_exceeded" });

function setUp() {
  const clock = createManualClock();
  const throttle = new LoginThrottle(clock);
  const admit = (name: string, address: string | null, deviceId: string | null = null) =>
    throttle.admit(name, { address, deviceId });
  const tryMany = (count: number, name: string, address: string | null, deviceId: string | null = null) => {
    for (let index = 0; index < count; index += 1) admit(name, address, deviceId).end();
  };
  return { clock, admit, tryMany };
}

test("ten tries from one address close the name there until 15 minutes after the first, and nowhere else", () => {
  const { clock, admit, tryMany } = setUp();
  tryMany(1, "ada", "10.0.0.1");
  clock.advance(5 * minuteMs);
  tryMany(9, "ada", "10.0.0.1");
  expect(() => admit("ada", "10.0.0.1")).toThrow(
    expect.objectContaining({ code: "limit_exceeded", retryAfterMs: 10 * minuteMs }),
  );
  tryMany(1, "ada", "10.0.0.2");
  tryMany(1, "bob", "10.0.0.1");
  clock.advance(10 * minuteMs);
  tryMany(1, "ada", "10.0.0.1");
});

test("made-up names count for their address, and for a whole IPv6 network", () => {
  const { admit, tryMany } = setUp();
  for (let index = 0; index < 50; index += 1) tryMany(1, `name ${index}`, `2001:db8::${index}`);
  expect(() => admit("ada", "2001:db8::ffff")).toThrow(tooMany);
  tryMany(1, "ada", "2001:db8:0:1::1");
});

test("many addresses together cannot guess without end", () => {
  const { clock, admit, tryMany } = setUp();
  for (let host = 0; host < 10; host += 1) tryMany(10, "ada", `10.0.0.${host}`);
  expect(() => admit("ada", "10.0.1.1")).toThrow(tooMany);
  clock.advance(15 * minuteMs);
  tryMany(1, "ada", "10.0.1.1");
});

test("neither on a device that is known nor on the machine itself can others lock the user out", () => {
  const { admit, tryMany } = setUp();
  for (let host = 0; host < 10; host += 1) tryMany(10, "ada", `10.0.0.${host}`);
  tryMany(10, "ada", "10.0.0.1", "laptop");
  expect(() => admit("ada", "10.0.0.1", "laptop")).toThrow(tooMany);
  tryMany(10, "ada", "127.0.0.1");
  expect(() => admit("ada", "127.0.0.1")).toThrow(tooMany);
});

test("one address has ten tries under way, whatever their names", () => {
  const { admit, tryMany } = setUp();
  const underWay = Array.from({ length: 10 }, (_, index) => admit(`name ${index}`, "10.0.0.1"));
  expect(() => admit("ada", "10.0.0.1")).toThrow(
    expect.objectContaining({ code: "limit_exceeded", retryAfterMs: 1_000 }),
  );
  tryMany(1, "ada", "10.0.0.2");
  underWay[0]?.end();
  admit("ada", "10.0.0.1");
  expect(() => admit("bob", "10.0.0.1")).toThrow(tooMany);
});

test("a refused try is not counted, so that nobody stays locked by trying on", () => {
  const { clock, admit, tryMany } = setUp();
  tryMany(10, "ada", null);
  for (let minute = 0; minute < 14; minute += 1) {
    clock.advance(minuteMs);
    expect(() => admit("ada", null)).toThrow(tooMany);
  }
  clock.advance(minuteMs);
  tryMany(10, "ada", null);
});

test("a right try starts the name afresh", () => {
  const { admit, tryMany } = setUp();
  const succeed = () => {
    const right = admit("ada", "10.0.0.1");
    right.succeed();
    right.end();
  };
  for (let round = 0; round < 110; round += 1) succeed();
  tryMany(9, "ada", "10.0.0.1");
  succeed();
  tryMany(10, "ada", "10.0.0.1");
});

test("made-up names push out old counts, never the newest", () => {
  const { admit, tryMany } = setUp();
  for (let index = 0; index < 20_000; index += 1) tryMany(1, `name ${index}`, `address ${index}`);
  tryMany(10, "ada", null);
  expect(() => admit("ada", null)).toThrow(tooMany);
});
