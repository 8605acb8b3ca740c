/** Labels that are left out unless they are asked for: they multiply the series. */
export const optionalLabels = ["key", "token"] as const;

export type OptionalLabel = (typeof optionalLabels)[number];
