import { chatBody } from "../testing/serving.ts";

export interface LoadOptions {
  /** Where the next request goes. */
  readonly nextUrl: () => string;
  readonly key: string;
  /** At most so many are sent in a second; fewer while many are under way. */
  readonly perSecond: number;
}

export interface Refusal {
  readonly status: number;
  readonly body: string;
}

export interface Load {
  /** The `x-request-id`s of answers that arrived whole: to the end of the body, and of the stream's protocol. */
  readonly answered: readonly string[];
  /** Answers other than 200. */
  readonly refusals: readonly Refusal[];
  /** How many ended in a failure of the connection. */
  broken(): number;
  /** Sends nothing more and resolves when what is under way has ended, one way or the other. */
  stop(): Promise<void>;
}

interface Shape {
  readonly path: string;
  readonly body: (text: string) => unknown;
  /** How an answer ends that is whole. */
  readonly ending: RegExp;
}

const slowly = "sim: long 20\nsim: delay 5";
const messages = (text: string) => [{ role: "user", content: text }];

/** Every protocol, streamed and not. */
const shapes: readonly Shape[] = [
  {
    path: "/openai/v1/chat/completions",
    body: (text) => chatBody(`${slowly}\n${text}`, { stream: true }),
    ending: /data: \[DONE\]\n\n$/,
  },
  { path: "/openai/v1/chat/completions", body: (text) => chatBody(text), ending: /\}\s*$/ },
  {
    path: "/anthropic/v1/messages",
    body: (text) => ({
      model: "gpt-5-mini",
      max_tokens: 1_000,
      stream: true,
      messages: messages(`${slowly}\n${text}`),
    }),
    ending: /event: message_stop\ndata: .*\n\n$/,
  },
  {
    path: "/openai/v1/responses",
    body: (text) => ({ model: "gpt-5-mini", stream: true, input: text }),
    ending: /"type":"response\.completed".*\n\n$/,
  },
];

const mostUnderWay = 80;

/** Sends requests of every shape in turn until it is stopped. */
export function startLoad({ nextUrl, key, perSecond }: LoadOptions): Load {
  const answered: string[] = [];
  const refusals: Refusal[] = [];
  const underWay = new Set<Promise<void>>();
  let broken = 0;
  let sent = 0;

  async function send(url: string, { path, body, ending }: Shape, text: string): Promise<void> {
    const response = await fetch(url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(body(text)),
    });
    const answer = await response.text();
    if (response.status !== 200) refusals.push({ status: response.status, body: answer });
    else if (ending.test(answer)) answered.push(response.headers.get("x-request-id") ?? "");
    else broken += 1;
  }

  const timer = setInterval(() => {
    const shape = shapes[sent % shapes.length];
    if (shape === undefined || underWay.size >= mostUnderWay) return;
    sent += 1;
    const request = send(nextUrl(), shape, `question ${sent}`)
      .catch(() => {
        broken += 1;
      })
      .finally(() => underWay.delete(request));
    underWay.add(request);
  }, 1_000 / perSecond);

  return {
    answered,
    refusals,
    broken: () => broken,
    async stop() {
      clearInterval(timer);
      await Promise.all(underWay);
    },
  };
}
