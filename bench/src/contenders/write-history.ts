import { Pool } from "undici";
import { chatModel } from "../accounts.js";

/** What a gateway that has been used for long holds. */
export interface History {
  readonly keys: number;
  /** Disabled ones: signing in at GitHub is not what this is about. */
  readonly tokens: number;
  readonly records: number;
}

interface OpenGateway {
  readonly url: string;
  /** An admin's session. */
  readonly token: string;
  readonly key: string;
}

const parallel = 32;

/** Makes a gateway one that has been used for long, by its own API. */
export async function writeHistory({ url, token, key }: OpenGateway, history: History): Promise<void> {
  const pool = new Pool(url, { connections: parallel });
  const post = async (path: string, credential: string, body: object): Promise<void> => {
    const answer = await pool.request({
      method: "POST",
      path,
      headers: { "content-type": "application/json", authorization: `Bearer ${credential}` },
      body: JSON.stringify(body),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`${path} answered ${answer.statusCode}: ${text}`);
  };
  await inParallel(history.keys, (index) =>
    post("/api/admin/api-keys", token, { alias: `Key ${index}`, max_requests: 1_000 + index }),
  );
  await inParallel(history.tokens, (index) => {
    const value = `github_pat_${String(index).padStart(40, "0")}`;
    return post("/api/admin/github-tokens", token, { alias: `Token ${index}`, token: value, enabled: false });
  });
  await inParallel(history.records, (index) =>
    post("/openai/v1/chat/completions", key, {
      model: chatModel,
      messages: [{ role: "user", content: `Question ${index}` }],
    }),
  );
  await pool.close();
}

async function inParallel(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const workOn = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await work(index);
  };
  await Promise.all(Array.from({ length: parallel }, workOn));
}
