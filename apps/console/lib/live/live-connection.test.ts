import { beforeEach, describe, expect, it } from "vitest";
import { LiveConnection, type LiveSource, type LiveStatus } from "./live-connection";

class FakeSource implements LiveSource {
  readonly #listeners = new Map<string, (event: { data?: unknown }) => void>();
  isClosed = false;

  addEventListener(name: string, listener: (event: { data?: unknown }) => void): void {
    this.#listeners.set(name, listener);
  }

  close(): void {
    this.isClosed = true;
  }

  emit(name: string, data?: unknown): void {
    this.#listeners.get(name)?.({ data });
  }
}

describe("LiveConnection", () => {
  let sources: FakeSource[];
  let statuses: LiveStatus[];
  let events: unknown[];
  let gaps: number;
  let timers: { delayMs: number; run: () => void }[];
  let connection: LiveConnection;

  const last = () => sources.at(-1) ?? expect.fail("there is no source");
  const runTimers = () => {
    const due = timers;
    timers = [];
    for (const timer of due) timer.run();
  };

  beforeEach(() => {
    sources = [];
    statuses = [];
    events = [];
    gaps = 0;
    timers = [];
    connection = new LiveConnection({
      createSource: () => {
        sources.push(new FakeSource());
        return last();
      },
      schedule: (delayMs, run) => {
        const timer = { delayMs, run };
        timers.push(timer);
        return () => {
          timers = timers.filter((other) => other !== timer);
        };
      },
      onStatus: (status) => statuses.push(status),
      onEvent: (name, data) => events.push([name, data]),
      onGap: () => {
        gaps += 1;
      },
    });
    connection.start();
  });

  it("passes events on, decoded", () => {
    last().emit("open");
    last().emit("request_started", '{"id":"r1"}');
    last().emit("request", '{"id":"r1"}');
    last().emit("key_state", '{"key_id":"k1"}');
    expect(statuses).toEqual(["connecting", "live"]);
    expect(events).toEqual([
      ["request_started", { id: "r1" }],
      ["request", { id: "r1" }],
      ["key_state", { key_id: "k1" }],
    ]);
    expect(gaps).toBe(0);
  });

  it("tells of a gap when it is connected again", () => {
    last().emit("open");
    last().emit("error");
    last().emit("open");
    expect(statuses).toEqual(["connecting", "live", "reconnecting", "live"]);
    expect(gaps).toBe(1);
  });

  it("asks for everything when the gateway cannot tell what was missed", () => {
    last().emit("open");
    last().emit("gap", "{}");
    expect(gaps).toBe(1);
  });

  it("asks for everything every 15 seconds after three failures, until it is connected", () => {
    for (let failure = 0; failure < 3; failure += 1) last().emit("error");
    expect(timers.map(({ delayMs }) => delayMs)).toEqual([15_000]);
    runTimers();
    expect(gaps).toBe(1);
    expect(sources).toHaveLength(2);
    expect(sources[0]?.isClosed).toBe(true);
    last().emit("open");
    expect(timers).toEqual([]);
    expect(statuses.at(-1)).toBe("live");
  });

  it("lets go of a page that is hidden for a minute, and comes back with it", () => {
    last().emit("open");
    connection.setVisible(false);
    expect(last().isClosed).toBe(false);
    expect(timers.map(({ delayMs }) => delayMs)).toEqual([60_000]);
    runTimers();
    expect(last().isClosed).toBe(true);
    expect(statuses.at(-1)).toBe("paused");
    connection.setVisible(true);
    last().emit("open");
    expect(sources).toHaveLength(2);
    expect(gaps).toBe(1);
  });

  it("stays connected when the page is seen again within the minute", () => {
    last().emit("open");
    connection.setVisible(false);
    connection.setVisible(true);
    expect(timers).toEqual([]);
    expect(sources).toHaveLength(1);
  });
});
