/** A view of a page that was kept: its query under a name. */
export interface SavedView {
  name: string;
  search: string;
}

/** Reads what this browser keeps; anything that is not a view is left out. */
export function parseSavedViews(stored: string | null): readonly SavedView[] {
  if (stored === null) return [];
  try {
    const parsed: unknown = JSON.parse(stored);
    return Array.isArray(parsed) ? parsed.filter(isSavedView) : [];
  } catch {
    return [];
  }
}

function isSavedView(value: unknown): value is SavedView {
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    typeof value.name === "string" &&
    "search" in value &&
    typeof value.search === "string" &&
    (value.search === "" || value.search.startsWith("?"))
  );
}
