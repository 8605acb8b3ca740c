/** Whether a key pressed here belongs to a field, a menu or a dialog, and not to the page's shortcuts. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest(
      'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable="true"], [role="menu"], [role="listbox"], [role="dialog"]:not([aria-modal="false"]), [role="alertdialog"]',
    ) !== null
  );
}
