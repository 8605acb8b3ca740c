import type apiReference from "#messages/en/api-reference.json";
import type audit from "#messages/en/audit.json";
import type auth from "#messages/en/auth.json";
import type batches from "#messages/en/batches.json";
import type connect from "#messages/en/connect.json";
import type frame from "#messages/en/frame.json";
import type join from "#messages/en/join.json";
import type keys from "#messages/en/keys.json";
import type models from "#messages/en/models.json";
import type my from "#messages/en/my.json";
import type overview from "#messages/en/overview.json";
import type playground from "#messages/en/playground.json";
import type sessions from "#messages/en/sessions.json";
import type settings from "#messages/en/settings.json";
import type teams from "#messages/en/teams.json";
import type tokens from "#messages/en/tokens.json";
import type usage from "#messages/en/usage.json";
import type users from "#messages/en/users.json";
import type { Locale } from "./locale-preference";

/** The console's words, all pages together; English decides which keys exist. */
export type Messages = typeof frame &
  typeof auth &
  typeof overview &
  typeof tokens &
  typeof keys &
  typeof teams &
  typeof batches &
  typeof apiReference &
  typeof usage &
  typeof settings &
  typeof audit &
  typeof users &
  typeof models &
  typeof playground &
  typeof connect &
  typeof join &
  typeof my &
  typeof sessions;

declare module "use-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}

/** What a loaded part of the messages is known to hold: its own namespaces. */
type MessageModule = Promise<{ default: Partial<Messages> }>;

/** Where each part of the words comes from. A page loads its own part in its own language, and no other. */
const messageParts = {
  frame: { en: () => import("#messages/en/frame.json"), "zh-CN": () => import("#messages/zh-CN/frame.json") },
  auth: { en: () => import("#messages/en/auth.json"), "zh-CN": () => import("#messages/zh-CN/auth.json") },
  overview: { en: () => import("#messages/en/overview.json"), "zh-CN": () => import("#messages/zh-CN/overview.json") },
  tokens: { en: () => import("#messages/en/tokens.json"), "zh-CN": () => import("#messages/zh-CN/tokens.json") },
  keys: { en: () => import("#messages/en/keys.json"), "zh-CN": () => import("#messages/zh-CN/keys.json") },
  teams: { en: () => import("#messages/en/teams.json"), "zh-CN": () => import("#messages/zh-CN/teams.json") },
  batches: { en: () => import("#messages/en/batches.json"), "zh-CN": () => import("#messages/zh-CN/batches.json") },
  sessions: { en: () => import("#messages/en/sessions.json"), "zh-CN": () => import("#messages/zh-CN/sessions.json") },
  playground: {
    en: () => import("#messages/en/playground.json"),
    "zh-CN": () => import("#messages/zh-CN/playground.json"),
  },
  connect: { en: () => import("#messages/en/connect.json"), "zh-CN": () => import("#messages/zh-CN/connect.json") },
  join: { en: () => import("#messages/en/join.json"), "zh-CN": () => import("#messages/zh-CN/join.json") },
  my: { en: () => import("#messages/en/my.json"), "zh-CN": () => import("#messages/zh-CN/my.json") },
  models: { en: () => import("#messages/en/models.json"), "zh-CN": () => import("#messages/zh-CN/models.json") },
  users: { en: () => import("#messages/en/users.json"), "zh-CN": () => import("#messages/zh-CN/users.json") },
  audit: { en: () => import("#messages/en/audit.json"), "zh-CN": () => import("#messages/zh-CN/audit.json") },
  settings: { en: () => import("#messages/en/settings.json"), "zh-CN": () => import("#messages/zh-CN/settings.json") },
  usage: { en: () => import("#messages/en/usage.json"), "zh-CN": () => import("#messages/zh-CN/usage.json") },
  "api-reference": {
    en: () => import("#messages/en/api-reference.json"),
    "zh-CN": () => import("#messages/zh-CN/api-reference.json"),
  },
} satisfies Record<string, Record<Locale, () => MessageModule>>;

export type MessagePart = keyof typeof messageParts;
export const messagePartNames = Object.keys(messageParts) as MessagePart[];

/** The words of one part of the console in one language. */
export async function loadMessages(part: MessagePart, locale: Locale): Promise<Partial<Messages>> {
  const loaded: { default: Partial<Messages> } = await messageParts[part][locale]();
  return loaded.default;
}
