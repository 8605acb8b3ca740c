import type { AuditEvent } from "#lib/api/use-audit";

/** Where what was changed can be seen; null when it is gone. */
export function subjectHref({ action, subject_id: id }: AuditEvent): string | null {
  if (action.endsWith(".delete")) return null;
  const [noun = ""] = action.split(".");
  if (noun === "settings") return "/settings/";
  if (id === null) return null;
  switch (noun) {
    case "api_key":
      return `/keys/?id=${encodeURIComponent(id)}`;
    case "github_token":
      return `/tokens/?id=${encodeURIComponent(id)}`;
    case "team":
      return `/teams/?id=${encodeURIComponent(id)}`;
    case "invite":
    case "seat":
      return "/tokens/";
    case "user":
      return "/users/";
    default:
      return null;
  }
}
