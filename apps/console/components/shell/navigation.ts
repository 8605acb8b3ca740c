import {
  Activity,
  Boxes,
  ChartColumn,
  FileCode,
  KeyRound,
  Layers,
  LayoutDashboard,
  type LucideIcon,
  MessagesSquare,
  Plug,
  ScrollText,
  Settings,
  Ticket,
  Users,
  UsersRound,
} from "lucide-react";

export interface NavigationEntry {
  path: string;
  labelKey:
    | "overview"
    | "playground"
    | "connect"
    | "sessions"
    | "usage"
    | "batches"
    | "audit"
    | "tokens"
    | "keys"
    | "teams"
    | "models"
    | "users"
    | "settings"
    | "apiReference";
  icon: LucideIcon;
  /** After `g`. */
  shortcut?: string;
  isAdminOnly?: boolean;
}

interface NavigationGroup {
  labelKey: "use" | "watch" | "manage";
  entries: readonly NavigationEntry[];
}

const overview: NavigationEntry = { path: "/", labelKey: "overview", icon: LayoutDashboard, shortcut: "o" };
const playground: NavigationEntry = {
  path: "/playground/",
  labelKey: "playground",
  icon: MessagesSquare,
  shortcut: "p",
};
const sessions: NavigationEntry = { path: "/sessions/", labelKey: "sessions", icon: Activity, shortcut: "s" };
const keys: NavigationEntry = { path: "/keys/", labelKey: "keys", icon: KeyRound, shortcut: "k" };

/** The pages of the console in the order of the side navigation. */
export const navigation: readonly NavigationGroup[] = [
  {
    labelKey: "use",
    entries: [overview, playground, { path: "/connect/", labelKey: "connect", icon: Plug, shortcut: "c" }],
  },
  {
    labelKey: "watch",
    entries: [
      sessions,
      { path: "/usage/", labelKey: "usage", icon: ChartColumn, shortcut: "u" },
      { path: "/batches/", labelKey: "batches", icon: Layers },
      { path: "/audit/", labelKey: "audit", icon: ScrollText, shortcut: "a", isAdminOnly: true },
    ],
  },
  {
    labelKey: "manage",
    entries: [
      { path: "/tokens/", labelKey: "tokens", icon: Ticket, shortcut: "t" },
      keys,
      { path: "/teams/", labelKey: "teams", icon: UsersRound },
      { path: "/models/", labelKey: "models", icon: Boxes, shortcut: "m" },
      { path: "/users/", labelKey: "users", icon: Users, isAdminOnly: true },
      { path: "/settings/", labelKey: "settings", icon: Settings },
    ],
  },
];

/** Below the groups. */
export const footNavigation: readonly NavigationEntry[] = [
  { path: "/api-reference/", labelKey: "apiReference", icon: FileCode },
];

/** What a phone has at hand without opening the menu. */
export const phoneNavigation: readonly NavigationEntry[] = [overview, playground, sessions, keys];

export const allPages: readonly NavigationEntry[] = [
  ...navigation.flatMap(({ entries }) => entries),
  ...footNavigation,
];
