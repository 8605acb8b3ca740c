import { GatewayError } from "@copilot-llm/model";

export interface DemoAdmin {
  readonly username: string;
  readonly password: string;
}

/** The demo's admin, who uses the admin API as a person's console does. */
export class DemoClient {
  readonly #url: string;
  readonly #authorization: string;

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#authorization = `Bearer ${token}`;
  }

  static async signIn(url: string, admin: DemoAdmin): Promise<DemoClient> {
    const response = await post(`${url}/api/auth/login`, admin);
    const { token } = (await response.json()) as { token: string };
    return new DemoClient(url, token);
  }

  async createKey(alias: string): Promise<string> {
    return (await this.#post<{ key: string }>("/api/admin/api-keys", { alias })).key;
  }

  async addToken(alias: string, token: string): Promise<string> {
    return (await this.#post<{ id: string }>("/api/admin/github-tokens", { alias, token })).id;
  }

  /** Invites a colleague's seat, which nobody brings. */
  async invite(name: string): Promise<void> {
    await this.#post("/api/admin/invites", { name });
  }

  async tokenIds(): Promise<readonly string[]> {
    const headers = { authorization: this.#authorization };
    const response = await fetch(`${this.#url}/api/admin/github-tokens`, { headers });
    return ((await response.json()) as { tokens: readonly { id: string }[] }).tokens.map(({ id }) => id);
  }

  async #post<Answer>(path: string, body: unknown): Promise<Answer> {
    const response = await post(`${this.#url}${path}`, body, { authorization: this.#authorization });
    return (await response.json()) as Answer;
  }
}

/** Rejects unless it was done. */
export async function post(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  if (response.ok) return response;
  throw new GatewayError("unavailable", `${url} answered ${response.status}: ${await response.text()}`);
}
