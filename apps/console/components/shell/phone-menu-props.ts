import type { ReactNode } from "react";

export interface PhoneMenuProps {
  onClose: () => void;
  children: ReactNode;
}
