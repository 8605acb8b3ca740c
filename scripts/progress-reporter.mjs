// A reporter for Vitest that tells of tests which take minutes: as each begins and ends, and once a minute what is still under way.
import path from "node:path";

// Vitest takes a reporter of its own file by no other name.
// biome-ignore lint/style/noDefaultExport: as above
export default class ProgressReporter {
  /** By the test's id: its name, and when it began. */
  #running = new Map();
  #startedAtMs = performance.now();
  #timer = setInterval(() => this.#tellRunning(), 60_000).unref();

  onTestCaseReady(test) {
    const name = `${path.basename(test.module.moduleId)} > ${test.fullName}`;
    this.#running.set(test.id, { name, startedAtMs: performance.now() });
    this.#tell(`begins  ${name}`);
  }

  onTestCaseResult(test) {
    const { name, startedAtMs } = this.#running.get(test.id) ?? { name: test.fullName, startedAtMs: performance.now() };
    this.#running.delete(test.id);
    const { state } = test.result();
    this.#tell(`${state === "failed" ? "FAILED" : state}  ${name} (${secondsSince(startedAtMs)} s)`);
  }

  onTestRunEnd() {
    clearInterval(this.#timer);
  }

  #tellRunning() {
    const running = [...this.#running.values()];
    this.#tell(`under way: ${running.map((one) => `${one.name} for ${secondsSince(one.startedAtMs)} s`).join("; ")}`);
  }

  #tell(text) {
    console.log(`${String(secondsSince(this.#startedAtMs)).padStart(5)} s  ${text}`);
  }
}

function secondsSince(startedAtMs) {
  return Math.round((performance.now() - startedAtMs) / 1000);
}
