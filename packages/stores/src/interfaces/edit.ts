/**
 * What is to change of something stored, given how it is now. Runs once, synchronously, while nothing else can change
 * it. What it throws is what the caller of `update` gets; nothing is changed then.
 */
export type Edit<Stored> = (current: Stored) => Partial<Omit<Stored, "id" | "createdAtMs">>;
