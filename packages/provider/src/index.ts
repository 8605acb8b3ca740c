// The request pipeline and the admin verbs, composed from the lower layers; what gateway and MCP both call.
// No HTTP server, no environment variables, no SDK here.
export type { AccountFacts } from "./accounts/accounts.js";
export type { Actor } from "./admin/audit.js";
export type { IssuedKey, KeyAdmin, KeyChanges, KeySettings, KeyView } from "./admin/key-admin.js";
export type { SignedIn, SignIn } from "./admin/sign-in.js";
export type { NewToken, TokenAdmin, TokenChanges, TokenView } from "./admin/token-admin.js";
export type { IdPrefix, Ids } from "./ids.js";
export { keyOf, type Principal, principalName } from "./principal.js";
export { createProvider, type Provider, type ProviderOptions, type Readiness } from "./provider.js";
export type { ServeAnswer, ServeCall, ServeTrace } from "./serve/serve-call.js";
export { createSystemClock, createSystemRandomness } from "./system-clock.js";
