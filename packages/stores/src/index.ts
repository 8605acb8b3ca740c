// Store interfaces: domain verbs with stated semantics. Backends are the subpaths `./lowdb` (embedded) and, for many
// gateways, `./postgres`; the suite that each must pass is `./contract`. No policy here: that is quota's and pool's.
export type { AuditStore } from "./audit-store.js";
export type {
  ChangeFeed,
  ChangeListener,
  ChangeOrigin,
  InterruptedFeed,
  PoolChange,
  StoreChange,
  StoredChange,
} from "./change-feed.js";
export type { Edit } from "./edit.js";
export type { KeyStore } from "./key-store.js";
export type {
  KeyUsage,
  Ledger,
  LedgerEntry,
  RecordedRequest,
  Reservation,
  ReserveResult,
  TokenTotals,
} from "./ledger.js";
export type {
  ConversationTip,
  SessionFilter,
  SessionFilterOptions,
  SessionOption,
  SessionPage,
  SessionQuery,
  SessionSummary,
  Sessions,
} from "./sessions.js";
export type { SettingsStore } from "./settings-store.js";
export type {
  Statistics,
  StatisticsFigures,
  StatisticsGrouping,
  StatisticsQuery,
  StatisticsReport,
  StatisticsRow,
} from "./statistics.js";
export type { StoreHealth, Stores } from "./stores.js";
export type { TokenStore } from "./token-store.js";
export type { UserStore } from "./user-store.js";
