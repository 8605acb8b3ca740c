/** What a gateway says at `/metrics`. */
export interface Exposition {
  readonly text: string;
  /** Of the metrics as they are declared, without the suffixes of a histogram's series. */
  readonly names: ReadonlySet<string>;
  /** The labels that a series was seen with, by the series' name. */
  readonly labels: ReadonlyMap<string, ReadonlySet<string>>;
}

export async function readExposition(url: string, token: string): Promise<Exposition> {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`/metrics answered ${response.status}`);
  const text = await response.text();
  const labels = new Map<string, Set<string>>();
  for (const [, name = "", list = ""] of text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    const seen = labels.get(name) ?? new Set();
    for (const [, label = ""] of list.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)) seen.add(label);
    labels.set(name, seen);
  }
  return { text, names: new Set([...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name = ""]) => name)), labels };
}

/** What keeps a PromQL expression from ever finding something in this exposition. Labels of Prometheus's own pass. */
export function problemsOf(expression: string, { names, labels }: Exposition): string[] {
  const problems: string[] = [];
  for (const [, name = "", matchers = ""] of expression.matchAll(
    /\b((?:copilot_llm|process|nodejs)_\w+)(?:\{([^}]*)\})?/g,
  )) {
    if (!names.has(name) && !names.has(name.replace(/_(bucket|sum|count)$/, ""))) problems.push(`no metric ${name}`);
    const known = labels.get(name);
    for (const [, label = ""] of matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)) {
      const isTheirs = label === "job" || label === "instance";
      if (known !== undefined && !isTheirs && !known.has(label)) problems.push(`${name} has no label ${label}`);
    }
  }
  return problems;
}
