import type { UserRole } from "@copilot-llm/model";
import type { ExternalIdentity } from "@copilot-llm/provider";

export type Claims = Readonly<Record<string, unknown>>;

const maxUsernameCharacters = 64;

/** The higher role where several are claimed. `roleClaim` may lead into objects by dots, as `realm_access.roles`. */
export function claimedRole(claims: Claims, roleClaim: string): UserRole | null {
  const claimed = valueAt(claims, roleClaim);
  const roles = Array.isArray(claimed) ? claimed : typeof claimed === "string" ? claimed.split(/[\s,]+/) : [];
  if (roles.includes("admin")) return "admin";
  return roles.includes("viewer") ? "viewer" : null;
}

/** Null without a role: whoever has none at the provider has none here. */
export function claimedIdentity(issuer: string, claims: Claims, roleClaim: string): ExternalIdentity | null {
  const role = claimedRole(claims, roleClaim);
  const { sub } = claims;
  if (role === null || typeof sub !== "string") return null;
  return { externalId: `${issuer}#${sub}`, username: claimedName(claims) ?? sub, role };
}

/** An address that the provider has not verified may be anybody's, and is not taken for a name. */
function claimedName({ preferred_username: preferred, email, email_verified: isVerified }: Claims): string | null {
  for (const name of [preferred, isVerified === true ? email : null]) {
    if (typeof name !== "string") continue;
    const usable = name.trim().replace(/[^\w.@-]/gu, "_");
    if (usable !== "") return usable.slice(0, maxUsernameCharacters);
  }
  return null;
}

/** A claim of the whole name first: names with dots and slashes are common. */
function valueAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split(".").reduce<unknown>((value, part) => (isObject(value) ? value[part] : undefined), claims);
}

function isObject(value: unknown): value is Claims {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
