import type { SearchResult } from "./schemas.js";

export const searchResult: SearchResult = {
  hits: [{ kind: "key", id: "key_01KB6M3T7Z8W2Q4R", label: "laptop", session_id: null }],
};
