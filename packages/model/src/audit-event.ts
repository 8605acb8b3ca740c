/** One administrative change: who did what to which thing. Holds no secret. */
export interface AuditEvent {
  readonly id: string;
  readonly atMs: number;
  /** A username, or `system`. */
  readonly actor: string;
  /** Noun-verb, e.g. `api_key.create`. */
  readonly action: string;
  readonly subjectId: string | null;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}
