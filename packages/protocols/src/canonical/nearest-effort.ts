/** From the least to the most; a model takes some of them. */
export const efforts: readonly string[] = ["minimal", "low", "medium", "high", "xhigh", "max"];

/** The wanted effort where the model has it; else the nearest it has, the lower of two as near. */
export function nearestEffort(wanted: string, known: readonly string[]): string {
  if (known.includes(wanted)) return wanted;
  const place = efforts.indexOf(wanted);
  const ranked = efforts.filter((effort) => known.includes(effort));
  if (place === -1 || ranked.length === 0) return wanted;
  const distance = (effort: string): number => Math.abs(efforts.indexOf(effort) - place);
  return ranked.reduce((best, effort) => (distance(effort) < distance(best) ? effort : best));
}
