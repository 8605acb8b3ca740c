/** How many cases a property is tried on: `usual` in the suite, `PROPERTY_RUNS` in a long run. */
export function propertyRuns(usual: number): { readonly numRuns: number } {
  return { numRuns: Number(process.env.PROPERTY_RUNS ?? usual) };
}
