// A local stand-in for the GitHub and Copilot APIs. It knows nothing of the gateway, and the gateway nothing of it.
export type { AccountOptions, AccountStanding, BillingWorld, CopilotPlan, PolicyState } from "./accounts/account.js";
export { demoAccounts } from "./accounts/demo-accounts.js";
export type { QuotaSnapshot } from "./accounts/quota.js";
export type { Ledger, LedgerEntry, LedgerTotals, Outcome } from "./billing/ledger.js";
export type { CopilotUsage, TokenUsage } from "./billing/price-tokens.js";
export { createModel, type ModelFacts } from "./catalogue/create-model.js";
export { defaultCatalogue } from "./catalogue/default-catalogue.js";
export type { CreditPrices, ModelEndpoint, SimulatedModel } from "./catalogue/simulated-model.js";
export type { SimulatorClock } from "./clock.js";
export type { ActiveFault, FaultRequest } from "./faults/fault.js";
export type { FaultName } from "./faults/fault-presets.js";
export type { FaultRegistry } from "./faults/fault-registry.js";
export type { DeviceFlow } from "./github/device-flow.js";
export type { GitHubAppOptions } from "./github/installations.js";
export type { RequestLog, RequestRecord } from "./http/request-log.js";
export type { QuirkRegistry } from "./quirk-registry.js";
export { defaultQuirks, type QuirkScope, type Quirks } from "./quirks.js";
export { type AccountChange, type Simulator, type SimulatorOptions, startSimulator } from "./simulator.js";
