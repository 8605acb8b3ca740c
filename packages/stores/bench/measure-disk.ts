import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { sampleCharges, sampleRecord, sampleRequestId } from "../src/contract/samples.js";
import type { Stores } from "../src/interfaces/stores.js";
import type { Report } from "./figures.js";

const startMs = Date.UTC(2026, 0, 1);
const turnsOfConversation = 20;

/** What agents say, as far as a compressor can tell: turns of words and code, each request with all that went before. */
export async function measureDisk(
  stores: Stores,
  directory: string,
  conversations: number,
  report: Report,
): Promise<void> {
  const words = new Words(17);
  const system = words.text(3000);
  let bytes = 0;
  let number = 0;
  for (let conversation = 0; conversation < conversations; conversation += 1) {
    const messages: { role: string; content: string }[] = [{ role: "system", content: system }];
    for (let turn = 0; turn < turnsOfConversation; turn += 1, number += 1) {
      messages.push({ role: "user", content: words.text(turn % 3 === 0 ? 60 : 600) });
      const answer = { role: "assistant", content: words.text(150) };
      const request = Buffer.from(JSON.stringify({ model: "gpt-5", stream: true, messages }));
      const response = Buffer.from(JSON.stringify({ id: words.text(1), choices: [{ message: answer }] }));
      const startedAtMs = startMs + number * 864;
      const id = sampleRequestId(startedAtMs, number);
      const conversationId = `conversation ${conversation}`;
      const record = sampleRecord(0, { id, startedAtMs, conversationId, recording: "full" });
      await stores.ledger.append({ record, bodies: { request, response }, charges: sampleCharges() });
      messages.push(answer);
      bytes += request.length + response.length;
    }
  }
  report("bodies", bytes / 1e6, "MB");
  report("on disk before anything is packed", (await sizeOf(directory)) / 1e6, "MB");
  report("on disk", (await settledSize(directory)) / 1e6, "MB");
}

/** Once it has not changed for a while. */
async function settledSize(directory: string): Promise<number> {
  for (let last = -1; ; ) {
    const size = await sizeOf(directory);
    if (size === last) return size;
    last = size;
    await setTimeout(20_000);
  }
}

async function sizeOf(directory: string): Promise<number> {
  let size = 0;
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    size += await stat(join(entry.parentPath, entry.name)).then(
      (found) => found.size,
      () => 0,
    );
  }
  return size;
}

/** Text of made-up words, some often and most seldom, the same for the same seed. */
class Words {
  #state: number;
  readonly #known: readonly string[];

  constructor(seed: number) {
    this.#state = seed;
    this.#known = Array.from({ length: 20_000 }, () => this.#spell());
  }

  text(words: number): string {
    let text = "";
    for (let word = 0; word < words; word += 1) {
      const rank = Math.floor(this.#known.length ** this.#next()) - 1;
      text += `${this.#known[rank] ?? ""}${word % 12 === 11 ? ";\n" : " "}`;
    }
    return text;
  }

  #spell(): string {
    const letters = 2 + Math.floor(this.#next() * 9);
    return Array.from({ length: letters }, () => String.fromCharCode(97 + Math.floor(this.#next() * 26))).join("");
  }

  #next(): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#state / 2 ** 32;
  }
}
