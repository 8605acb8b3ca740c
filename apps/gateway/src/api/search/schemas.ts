import { z } from "@hono/zod-openapi";
import { searchText } from "../route/fields.js";

export const searchQuery = z.object({
  q: searchText.describe(
    "Part of a name, or an id: of a request, a session, a key (its first 12 characters) or a token.",
  ),
});

export const searchHit = z
  .object({
    kind: z.enum(["request", "session", "key", "token", "model"]),
    id: z.string(),
    label: z.string().describe("What it is called."),
    session_id: z.string().nullable().describe("The session of a request."),
  })
  .openapi("SearchHit");

export const searchResult = z.object({ hits: z.array(searchHit) }).openapi("SearchResult");

export type SearchHit = z.infer<typeof searchHit>;
export type SearchResult = z.infer<typeof searchResult>;
