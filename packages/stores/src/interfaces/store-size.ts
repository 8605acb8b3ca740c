/** What the stores take on their disk. */
export interface StoreSize {
  readonly bytes: number;
  /** What recorded requests take of it, as near as the backend can tell: their bodies, or records and bodies. */
  readonly recordingBytes: number;
}
