import { KeyRound, LayoutDashboard, type LucideIcon, Ticket } from "lucide-react";

interface NavigationEntry {
  path: string;
  labelKey: "overview" | "tokens" | "keys";
  icon: LucideIcon;
}

/** The pages of the console in the order of the side navigation. */
export const navigation: readonly NavigationEntry[] = [
  { path: "/", labelKey: "overview", icon: LayoutDashboard },
  { path: "/tokens/", labelKey: "tokens", icon: Ticket },
  { path: "/keys/", labelKey: "keys", icon: KeyRound },
];
