export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The samples in Prometheus's text format. */
function parseMetrics(text: string): readonly Sample[] {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return lines.map((line) => {
    const [, name = "", labels = "", value = ""] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key = "", entry = ""]) => [key, entry]);
    return { name, labels: Object.fromEntries(pairs) as Sample["labels"], value: Number(value) };
  });
}

/** Looks a sample up by its name and all of its labels; null where there is none. */
export function readMetrics(text: string): (name: string, labels?: Sample["labels"]) => number | null {
  const samples = new Map(parseMetrics(text).map(({ name, labels, value }) => [keyOf(name, labels), value]));
  return (name, labels = {}) => samples.get(keyOf(name, labels)) ?? null;
}

function keyOf(name: string, labels: Sample["labels"]): string {
  return JSON.stringify([name, Object.entries(labels).sort()]);
}
