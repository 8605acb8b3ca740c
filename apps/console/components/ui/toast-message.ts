export interface ToastMessage {
  id: number;
  kind: "done" | "failed";
  text: string;
  /** A way back, for as long as the toast is shown. */
  action?: { label: string; onAction: () => void };
  /** Called once when the toast is gone, whether or not its action was taken. */
  onGone?: () => void;
}

export interface ToastOverlayProps {
  messages: readonly ToastMessage[];
  onGone: (id: number) => void;
}
