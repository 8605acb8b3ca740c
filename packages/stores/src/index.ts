// Store interfaces: domain verbs with stated semantics. Backends are the subpaths `./lowdb` (embedded) and, for many
// gateways, `./postgres`; the suite that each must pass is `./contract`. No policy here: that is quota's and pool's.
export type { AuditStore } from "./interfaces/audit-store.js";
export type { Audited } from "./interfaces/audited.js";
export type {
  BatchQuery,
  BatchStore,
  ClaimedItem,
  ItemPlace,
  ItemsQuery,
  ItemToAdd,
  ItemToRelease,
  ItemToSettle,
  NewBatch,
} from "./interfaces/batch-store.js";
export type {
  ChangeFeed,
  ChangeListener,
  ChangeOrigin,
  InterruptedFeed,
  PoolChange,
  StoreChange,
  StoredChange,
} from "./interfaces/change-feed.js";
export type { Edit } from "./interfaces/edit.js";
export type { FileQuery, FileStore, NewFile } from "./interfaces/file-store.js";
export type { InviteStore } from "./interfaces/invite-store.js";
export type { KeyStore } from "./interfaces/key-store.js";
export type {
  BatchItemResult,
  KeyUsage,
  Ledger,
  LedgerEntry,
  RecordedRequest,
  Reservation,
  ReserveResult,
  TokenTotals,
} from "./interfaces/ledger.js";
export type { QuotaCycleStore } from "./interfaces/quota-cycle-store.js";
export type {
  ConversationTip,
  RequestPage,
  SessionFilter,
  SessionFilterOptions,
  SessionOption,
  SessionPage,
  SessionQuery,
  SessionSummary,
  Sessions,
} from "./interfaces/sessions.js";
export type { SettingsStore } from "./interfaces/settings-store.js";
export type {
  CountsQuery,
  GroupCount,
  Statistics,
  StatisticsFigures,
  StatisticsGrouping,
  StatisticsQuery,
  StatisticsReport,
  StatisticsRow,
} from "./interfaces/statistics.js";
export type { StoreSize } from "./interfaces/store-size.js";
export type { StoreHealth, Stores } from "./interfaces/stores.js";
export type { TeamStore } from "./interfaces/team-store.js";
export type { TokenStore } from "./interfaces/token-store.js";
export type { UserStore } from "./interfaces/user-store.js";
