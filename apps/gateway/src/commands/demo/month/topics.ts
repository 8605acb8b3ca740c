/** What is asked and what the simulator answers, step by step. */
export interface Topic {
  readonly steps: readonly (readonly [question: string, answer: string])[];
  /** A file that the assistant reads before its first answer. */
  readonly reads?: { readonly path: string; readonly text: string };
}

/** Made up: nobody asked this, and no model answered it. */
export const topics: readonly Topic[] = [
  {
    steps: [
      [
        "Why does `SELECT … FOR UPDATE SKIP LOCKED` not block?",
        "`SKIP LOCKED` leaves out rows that another transaction holds instead of waiting for them.\n\n```sql\nSELECT id FROM job\nWHERE state = 'waiting'\nORDER BY id\nLIMIT 1\nFOR UPDATE SKIP LOCKED;\n```\n\nSo many workers can each take a row at once, and none waits. The price: two workers see different *first* rows, which is what a queue wants and a report does not.",
      ],
      [
        "And what if the worker dies?",
        "Then its transaction ends, the lock goes with it, and the row can be taken again. Two things to keep in mind:\n\n1. The work must be safe to do twice.\n2. A worker that *hangs* keeps its lock: set `idle_in_transaction_session_timeout`.",
      ],
    ],
  },
  {
    reads: {
      path: "src/retry.ts",
      text: "export async function retry(run) {\n  for (let i = 0; i < 5; i++) {\n    try { return await run(); } catch { await sleep(1000); }\n  }\n}",
    },
    steps: [
      [
        "The retry helper hides the last error. Please fix it.",
        "`retry` falls out of the loop without a value, so callers get `undefined` instead of the error. This keeps the last one and throws it:\n\n```ts\nexport async function retry<T>(run: () => Promise<T>, attempts = 5): Promise<T> {\n  let last: unknown;\n  for (let attempt = 0; attempt < attempts; attempt += 1) {\n    try {\n      return await run();\n    } catch (error) {\n      last = error;\n      await sleep(1000 * 2 ** attempt);\n    }\n  }\n  throw last;\n}\n```\n\nI also made the wait grow, so that a service that is down is not asked every second.",
      ],
      [
        "Add a test for it.",
        '```ts\nit("throws the last error when every attempt fails", async () => {\n  const run = vi.fn().mockRejectedValueOnce(new Error("first")).mockRejectedValue(new Error("last"));\n  await expect(retry(run, 2)).rejects.toThrow("last");\n  expect(run).toHaveBeenCalledTimes(2);\n});\n```',
      ],
      [
        "Thanks. Summarise the change for the pull request.",
        "**Retry keeps the last error.** `retry` returned `undefined` after the last attempt; it now throws what the last attempt threw, and waits twice as long after each one.",
      ],
    ],
  },
  {
    steps: [
      ["Translate to German: The backup finished without errors.", "Die Sicherung wurde ohne Fehler abgeschlossen."],
    ],
  },
  {
    steps: [
      [
        "Compare the three ways to store our event log.",
        "| | writes | reads by time | keeps order |\n|---|---|---|---|\n| one table | fast | with an index | by id |\n| a table a day | fast | fastest | within a day |\n| append-only file | fastest | scan | yes |\n\nFor 200 events a second any of them holds. I would take **one table with a partition a day**: reads stay quick, and dropping a day is one statement.",
      ],
    ],
  },
  {
    reads: {
      path: "Dockerfile",
      text: "FROM node:20\nCOPY . .\nRUN npm install\nCMD node server.js",
    },
    steps: [
      [
        "Our image is 1.4 GB. What can go?",
        'Three things, the largest first:\n\n- **The base**: `node:20` carries compilers; `node:20-slim` saves about 900 MB.\n- **Development packages**: `npm ci --omit=dev` instead of `npm install`.\n- **The checkout**: a `.dockerignore` with `.git`, `node_modules` and `coverage`.\n\n```dockerfile\nFROM node:20-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nCOPY . .\nUSER node\nCMD ["node", "server.js"]\n```',
      ],
      [
        "Does the order of the lines matter?",
        "Yes: a line whose input has not changed is taken from the cache, and so is everything before it. Copying `package.json` first means that a change in the code does not install the packages anew.",
      ],
    ],
  },
  {
    steps: [
      [
        "Write a release note for version 2.3 in three sentences.",
        "Version 2.3 starts twice as fast and needs a third less memory. Exports can now be filtered before they are made. Nothing has to be changed to update.",
      ],
    ],
  },
  {
    steps: [
      [
        "Explain `git rebase --onto` with an example.",
        "It moves a range of commits to a new base.\n\n```sh\n# feature grew out of topic; now it should grow out of main\ngit rebase --onto main topic feature\n```\n\nRead it as: *take what `feature` has and `topic` has not, and put it on `main`*.",
      ],
      ["What happens to topic?", "Nothing. `topic` keeps its commits; only `feature` points to the new ones."],
    ],
  },
  {
    steps: [
      [
        "Review: is this regular expression safe? ^(a+)+$",
        "No. Nested quantifiers make it try every way to split the input: 30 letters `a` followed by `b` take seconds, 40 take hours. `^a+$` matches the same texts in linear time.",
      ],
    ],
  },
  {
    steps: [
      [
        "Draft a reply: the customer asks why the invoice is higher this month.",
        "Hello,\n\nthank you for asking. Two seats were added on the 4th, so this invoice holds them for the rest of the month as well; from the next month on the amount is the usual one plus two seats.\n\nKind regards",
      ],
      [
        "Shorter, please.",
        "Hello,\n\ntwo seats were added on the 4th; this invoice holds their share of the month.\n\nKind regards",
      ],
    ],
  },
  {
    reads: {
      path: "queue.go",
      text: "func (q *Queue) Pop() Item {\n\titem := q.items[0]\n\tq.items = q.items[1:]\n\treturn item\n}",
    },
    steps: [
      [
        "Find the race in the queue.",
        "`Pop` reads and cuts `items` without the lock that `Push` takes: two callers can get the same item. There is a second fault: an empty queue panics.\n\n```go\nfunc (q *Queue) Pop() (Item, bool) {\n\tq.mu.Lock()\n\tdefer q.mu.Unlock()\n\tif len(q.items) == 0 {\n\t\tvar none Item\n\t\treturn none, false\n\t}\n\titem := q.items[0]\n\tq.items = q.items[1:]\n\treturn item, true\n}\n```",
      ],
    ],
  },
];

const answers = new Map(topics.flatMap(({ steps }) => steps));

/** What the simulator answers to one of the questions. */
export function answerTo(question: string): string | undefined {
  return answers.get(question);
}
