import type { ReactNode } from "react";
import type { Option } from "./option-list";

export interface PickerOverlayProps {
  anchor: HTMLElement;
  label: string;
  options: readonly Option[];
  selected: readonly string[];
  onSelect: (value: string) => void;
  onClosed: () => void;
  children?: ReactNode;
}
