import type { ApiKey, User } from "@copilot-llm/model";

/** Who makes a data request. */
export type Principal =
  | { readonly kind: "api_key"; readonly key: ApiKey }
  /** The single key of the `API_KEY` setting: no limits of its own. */
  | { readonly kind: "legacy_key" }
  /** A signed-in console user, e.g. in the playground. */
  | { readonly kind: "session"; readonly user: User };

/** The managed key behind a principal; null where there is none. */
export function keyOf(principal: Principal): ApiKey | null {
  return principal.kind === "api_key" ? principal.key : null;
}

/** What records and logs call the principal. */
export function principalName(principal: Principal): string {
  switch (principal.kind) {
    case "api_key":
      return principal.key.alias;
    case "legacy_key":
      return "API_KEY";
    case "session":
      return `console:${principal.user.username}`;
  }
}

/** Separates the principals' conversations from each other. */
export function principalId(principal: Principal): string {
  switch (principal.kind) {
    case "api_key":
      return principal.key.id;
    case "legacy_key":
      return "legacy_key";
    case "session":
      return principal.user.id;
  }
}
