import { setTimeout as sleep } from "node:timers/promises";

const patienceMs = 30_000;
const pauseMs = 50;

/** Until a GET is answered with success. */
export async function waitUntilAnswers(url: string): Promise<void> {
  const startedAt = performance.now();
  for (;;) {
    const answer = await fetch(url).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.ok === true) return;
    if (performance.now() - startedAt > patienceMs) throw new Error(`${url} does not answer.`);
    await sleep(pauseMs);
  }
}
