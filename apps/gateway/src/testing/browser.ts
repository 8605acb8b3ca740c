/** Follows redirects as a browser does, with the cookies of each origin and path. */
export class Browser {
  readonly #cookies = new Map<string, string>();
  /** Every address that was visited. */
  readonly visited: string[] = [];

  /** Where the redirects end; at the latest at the first address that `isEnd`. */
  async open(url: string, isEnd: (url: URL) => boolean = () => false): Promise<URL> {
    let at = new URL(url);
    for (let hops = 0; hops < 20; hops += 1) {
      if (isEnd(at)) return at;
      this.visited.push(at.href);
      const response = await fetch(at, { redirect: "manual", headers: { cookie: this.cookiesFor(at) } });
      await response.arrayBuffer();
      for (const cookie of response.headers.getSetCookie()) this.#keep(at, cookie);
      const location = response.headers.get("location");
      if (location === null) return at;
      at = new URL(location, at);
    }
    throw new Error("too many redirects");
  }

  cookiesFor(at: URL): string {
    return [...this.#cookies]
      .filter(([key]) => {
        const [host, path = "/"] = key.split(" ");
        return host === at.host && at.pathname.startsWith(path);
      })
      .map(([key, value]) => `${key.split(" ")[2]}=${value}`)
      .join("; ");
  }

  #keep(at: URL, cookie: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    const path = /; path=([^;]+)/i.exec(cookie)?.[1] ?? "/";
    const isGone = value === "" || /max-age=0/i.test(cookie);
    const key = `${at.host} ${path} ${name}`;
    if (isGone) this.#cookies.delete(key);
    else this.#cookies.set(key, value);
  }
}
