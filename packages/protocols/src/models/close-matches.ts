/** Up to `max` of the known ids that the asked one may have meant, the likeliest first. For error messages only. */
export function closeMatches(asked: string, known: readonly string[], max: number): string[] {
  const wanted = asked.slice(0, 100).toLowerCase();
  const limit = Math.max(2, Math.floor(wanted.length * 0.4));
  const scored: { readonly id: string; readonly distance: number }[] = [];
  for (const id of new Set(known)) {
    const candidate = id.toLowerCase();
    const isPart = wanted.length >= 3 && candidate.includes(wanted);
    const distance = isPart ? 1 : editDistance(wanted, candidate);
    if (distance <= limit) scored.push({ id, distance });
  }
  scored.sort((left, right) => left.distance - right.distance || (left.id < right.id ? -1 : 1));
  return scored.slice(0, max).map(({ id }) => id);
}

/** Levenshtein's distance: insertions, deletions and replacements. */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const substitution = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
