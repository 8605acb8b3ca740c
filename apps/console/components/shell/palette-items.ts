import type { ApiKeyView, GithubTokenView, ModelOverview } from "@copilot-llm/gateway/admin-api";

/** One line of the command palette: what it is called, what it is found by, and where it leads. */
export interface PaletteItem {
  id: string;
  label: string;
  detail?: string;
  search: string;
  path: string;
}

interface PaletteSources {
  keys: readonly ApiKeyView[];
  tokens: readonly GithubTokenView[];
  models: readonly ModelOverview[];
}

/** Keys, tokens and models as lines of the palette. */
export function createPaletteItems({ keys, tokens, models }: PaletteSources) {
  return {
    keys: keys.map(
      ({ id, alias, key_preview: preview }): PaletteItem => ({
        id: `key ${id}`,
        label: alias,
        detail: `${preview}…`,
        search: `${alias} ${preview} ${id}`,
        path: `/keys/?id=${encodeURIComponent(id)}`,
      }),
    ),
    tokens: tokens.map(
      ({ id, alias, login }): PaletteItem => ({
        id: `token ${id}`,
        label: alias,
        ...(login === null ? {} : { detail: `@${login}` }),
        search: `${alias} ${login ?? ""} ${id}`,
        path: `/tokens/?id=${encodeURIComponent(id)}`,
      }),
    ),
    models: models.map(
      ({ id, name }): PaletteItem => ({
        id: `model ${id}`,
        label: name,
        detail: id,
        search: `${name} ${id}`,
        path: `/models/?id=${encodeURIComponent(id)}`,
      }),
    ),
  };
}
