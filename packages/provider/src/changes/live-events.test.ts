import { expect, test } from "vitest";
import { LiveEvents, type LiveListener } from "./live-events.js";

function listen(events: LiveEvents, afterId: string | null = null) {
  const heard: string[] = [];
  const listener: LiveListener = {
    onEvent: (event, id) => heard.push(`${id} ${event.kind === "key_changed" ? event.keyId : event.kind}`),
    onGap: () => heard.push("gap"),
    onEnd: () => heard.push("end"),
  };
  return { heard, cancel: events.subscribe(listener, afterId) };
}

const publish = (events: LiveEvents, keyId: string) => events.publish({ kind: "key_changed", keyId });

test("a listener hears what happens from now on, until it has enough", () => {
  const events = new LiveEvents("run");
  publish(events, "before");
  const { heard, cancel } = listen(events);
  publish(events, "a");
  cancel();
  publish(events, "b");
  expect(heard).toEqual(["run-2 a"]);
});

test("one that comes back first hears what it missed", () => {
  const events = new LiveEvents("run");
  for (const keyId of ["a", "b", "c"]) publish(events, keyId);
  const { heard } = listen(events, "run-1");
  publish(events, "d");
  expect(heard).toEqual(["run-2 b", "run-3 c", "run-4 d"]);
  expect(listen(events, "run-4").heard).toEqual([]);
});

test.each(["other-1", "run-9", "run-", "run-x", "", "-1"])(
  "one that comes from elsewhere hears of a gap: %j",
  (afterId) => {
    const events = new LiveEvents("run");
    for (const keyId of ["a", "b"]) publish(events, keyId);
    const { heard } = listen(events, afterId);
    publish(events, "c");
    expect(heard).toEqual(["gap", "run-3 c"]);
  },
);

test("a thousand events are kept, and whoever missed more hears of a gap", () => {
  const events = new LiveEvents("run");
  for (let number = 1; number <= 1_500; number++) publish(events, `key ${number}`);
  expect(listen(events, "run-499").heard).toEqual(["gap"]);
  const { heard } = listen(events, "run-500");
  expect([heard.length, heard[0], heard.at(-1)]).toEqual([1_000, "run-501 key 501", "run-1500 key 1500"]);
});
