const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg\/(\d+)/u, "Edge"],
  [/OPR\/(\d+)/u, "Opera"],
  [/Firefox\/(\d+)/u, "Firefox"],
  [/Chrom(?:e|ium)\/(\d+)/u, "Chrome"],
  [/Version\/(\d+)\S* (?:Mobile\/\S+ )?Safari/u, "Safari"],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPad/u, "iOS"],
  [/Android/u, "Android"],
  [/Windows/u, "Windows"],
  [/Mac OS X/u, "macOS"],
  [/Linux|X11/u, "Linux"],
];

/** A browser and its system, as people call them; else the first product that the user agent names. */
export function mapBrowserName(userAgent: string): string {
  for (const [pattern, name] of browsers) {
    const found = pattern.exec(userAgent);
    if (found === null) continue;
    const system = systems.find(([known]) => known.test(userAgent))?.[1];
    return [`${name} ${found[1]}`, ...(system === undefined ? [] : [system])].join(" · ");
  }
  return userAgent.split(" ")[0] ?? userAgent;
}
