/** One step of the schema. What was released is never changed. */
export interface Migration {
  readonly name: string;
  /** Run together, in one transaction. */
  readonly statements: string;
}
