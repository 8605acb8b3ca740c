import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** One entry of a menu. */
export type MenuEntry =
  | {
      kind: "action";
      label: string;
      icon?: LucideIcon;
      onAction: () => void;
      isDangerous?: boolean;
      /** Why it cannot be chosen now. */
      disabledReason?: string;
    }
  | { kind: "link"; label: string; icon?: LucideIcon; href: string }
  | {
      kind: "choice";
      label: string;
      value: string;
      options: readonly { value: string; label: string }[];
      onChange: (value: string) => void;
    }
  | { kind: "toggle"; label: string; isOn: boolean; onToggle: () => void }
  | { kind: "text"; label: ReactNode }
  | { kind: "separator"; id: string };

export interface MenuOverlayProps {
  anchor: HTMLElement;
  entries: readonly MenuEntry[];
  side?: "top" | "bottom";
  align?: "start" | "end";
  onClosed: () => void;
}
