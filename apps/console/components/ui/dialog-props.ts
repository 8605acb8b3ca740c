import type { ReactNode } from "react";

export interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  /** Keeps a slip of the mouse or Escape from closing what cannot be seen again. */
  closesOnlyByButton?: boolean;
  /** Asks before Escape, a click outside or the cross throws away what was typed. */
  asksBeforeDiscard?: boolean;
  size?: "medium" | "large" | "wide";
  children: ReactNode;
}
