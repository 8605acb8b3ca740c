/**
 * What the data path needs of an `AbortSignal`, which fits. A signal of one's own costs a request less: Node's makes an
 * event target, and an error with a stack trace when it aborts.
 */
export interface CancelSignal {
  readonly aborted: boolean;
  /** `listener` is called at most once, and not at all when it is added too late. */
  addEventListener(type: "abort", listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
