import type { Account } from "../accounts/account.js";

/** The page behind `verification_uri`: one form for each code that waits. */
export function deviceApprovalPage(userCodes: readonly string[], accounts: readonly Account[]): string {
  const options = accounts.map(({ login }) => `<option>${escapeHtml(login)}</option>`).join("");
  const forms = userCodes.map(
    (code) =>
      `<form method="post"><p>Code <b>${escapeHtml(code)}</b> <input type="hidden" name="user_code" value="${escapeHtml(code)}">` +
      `<label>Account <select name="login">${options}</select></label> <button>Approve</button></p></form>`,
  );
  return page(forms.length > 0 ? forms.join("") : "<p>No device is waiting.</p>");
}

/** What the person sees after a decision. */
export function deviceApprovedPage(approved: boolean): string {
  return page(approved ? "<p>Approved. You can close this page.</p>" : "<p>That code is not waiting.</p>");
}

function page(body: string): string {
  return `<!doctype html><title>Simulated GitHub device sign-in</title><h1>Simulated GitHub</h1>${body}`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
