/** On what terms work of the lowest priority gets a token. */
export interface SpareTerms {
  /** Such requests at once on one token. */
  readonly maxPerToken: number;
  /** Whether tokens of the billing entity may be used now, whatever the model costs. */
  readonly mayUse: (entityId: string) => boolean;
  /**
   * Whether so many premium units (0 where credits are billed) of the billing entity's quota are to spare. Asked only for
   * models that draw on a quota which has an end.
   */
  readonly mayDraw: (entityId: string, units: number) => boolean;
}
