import { setTimeout as sleep } from "node:timers/promises";
import { type Dispatcher, Pool } from "undici";
import { answerParent, reportListening } from "../child-channel.js";
import {
  type ExpectedAnswer,
  type LoadJob,
  type LoadResult,
  type LoadScript,
  type Percentiles,
  senderMark,
} from "../load-job.js";

/* Sends requests and looks at every answer, in a process of its own so that it takes no time from what it measures. */

const keptEndingBytes = 256;

interface Answer {
  readonly startedAt: number;
  readonly firstByteAt: number;
  readonly endedAt: number;
  readonly failure: string | null;
}

answerParent<LoadJob>(runJob);
reportListening("");

async function runJob(job: LoadJob): Promise<LoadResult> {
  const pool = new Pool(job.origin, { connections: job.concurrency, pipelining: 1, keepAliveTimeout: 60_000 });
  const answers: Answer[] = [];
  let begun = 0;
  const startedAt = performance.now();
  const work = async (index: number): Promise<void> => {
    if (job.staggerMs > 0) await sleep(index * job.staggerMs);
    const script = job.scripts[index % job.scripts.length];
    if (script === undefined) throw new Error("There is nothing to send.");
    for (let sent = 0; begun < job.maxRequests && performance.now() - startedAt < job.durationMs; sent += 1) {
      begun += 1;
      const body = script.bodies[sent % script.bodies.length] ?? "";
      answers.push(await sendOne(pool, job.headers, script, body.replace(senderMark, `sender ${index}`)));
    }
  };
  await Promise.all(Array.from({ length: job.concurrency }, (_, index) => work(index)));
  const seconds = (performance.now() - startedAt) / 1_000;
  await pool.destroy();
  const good = answers.filter(({ failure }) => failure === null);
  return {
    requests: answers.length,
    failures: answers.length - good.length,
    firstFailure: answers.find(({ failure }) => failure !== null)?.failure ?? null,
    seconds,
    latencyMs: percentiles(good.map((answer) => answer.endedAt - answer.startedAt)),
    firstByteMs: percentiles(good.map((answer) => answer.firstByteAt - answer.startedAt)),
  };
}

function sendOne(
  pool: Pool,
  headers: LoadJob["headers"],
  { path, expected }: LoadScript,
  body: string,
): Promise<Answer> {
  return new Promise((resolve) => {
    const startedAt = performance.now();
    let firstByteAt = 0;
    let status = 0;
    let bytes = 0;
    let ending: Buffer = Buffer.alloc(0);
    const finish = (failure: string | null): void =>
      resolve({ startedAt, firstByteAt, endedAt: performance.now(), failure });
    const handler: Dispatcher.DispatchHandler = {
      // By this method undici tells the new form of handlers from the old one.
      onRequestStart: () => {},
      onResponseStart: (_controller, statusCode) => {
        status = statusCode;
      },
      onResponseData: (_controller, chunk) => {
        if (bytes === 0) firstByteAt = performance.now();
        bytes += chunk.length;
        ending = lastBytes(ending, chunk);
      },
      onResponseEnd: () => finish(findFault(status, bytes, ending, expected)),
      onResponseError: (_controller, error) => finish(error.message),
    };
    pool.dispatch({ method: "POST", path, headers, body }, handler);
  });
}

function lastBytes(before: Buffer, chunk: Buffer): Buffer {
  if (chunk.length >= keptEndingBytes) return Buffer.from(chunk.subarray(-keptEndingBytes));
  return Buffer.concat([before.subarray(chunk.length - keptEndingBytes), chunk]);
}

function findFault(status: number, bytes: number, ending: Buffer, expected: ExpectedAnswer): string | null {
  if (status !== 200) return `status ${status}: ${ending}`;
  if (expected.bytes !== null && bytes !== expected.bytes) return `${bytes} bytes instead of ${expected.bytes}`;
  return ending.includes(expected.ending) ? null : `the end is ${JSON.stringify(ending.toString())}`;
}

function percentiles(values: readonly number[]): Percentiles {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}
