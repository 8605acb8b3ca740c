import type { SearchHit } from "#lib/api/use-search";

/** One line of the command palette: what it is called, what it is found by, and where it leads. */
export interface PaletteItem {
  id: string;
  label: string;
  detail?: string;
  search: string;
  path: string;
}

const pathOf: Readonly<Record<SearchHit["kind"], (id: string) => string>> = {
  request: (id) => `/sessions/?tab=requests&request=${id}`,
  session: (id) => `/sessions/?id=${id}`,
  key: (id) => `/keys/?id=${id}`,
  token: (id) => `/tokens/?id=${id}`,
  model: (id) => `/models/?id=${id}`,
};

/**
 * What the gateway found for a query, as lines of the palette. They are found by that query too: a token's may be of
 * its login, which a hit does not tell.
 */
export function createPaletteItems(
  hits: readonly SearchHit[],
  query: string,
): Record<SearchHit["kind"], PaletteItem[]> {
  const ofKind = (kind: SearchHit["kind"]) =>
    hits
      .filter((hit) => hit.kind === kind)
      .map(
        ({ id, label }): PaletteItem => ({
          id: `${kind} ${id}`,
          label,
          ...(kind === "key" || kind === "token" || id === label ? {} : { detail: id }),
          search: `${label} ${id} ${query}`,
          path: pathOf[kind](encodeURIComponent(id)),
        }),
      );
  return {
    request: ofKind("request"),
    session: ofKind("session"),
    key: ofKind("key"),
    token: ofKind("token"),
    model: ofKind("model"),
  };
}

const mostAsked = 200;

/** What of a text may be looked for: of a key only its public start, and no token, as both would stand in logs. */
export function encodePaletteQuery(text: string): string {
  const query = text.trim();
  if (/^(gh[a-z]|github_pat)_/iu.test(query)) return "";
  return query.startsWith("clp_") ? query.slice(0, 12) : query.slice(0, mostAsked);
}
