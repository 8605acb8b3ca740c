#!/usr/bin/env bash
# @base-ui/react 1.9.0 (npm) with react 19.3.1, Node 20 and later.
# The documentation calls a toast a notification that is announced, politely or urgently by `priority`, and names no role. Every toast is a
# dialog: role="dialog" with low priority, which is the default, "alertdialog" with high, both with aria-modal="false", also one that holds
# a title and nothing to press. Whatever looks for a dialog by its role (a test, a script, a screen reader's list) finds the toast.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund @base-ui/react@1.9.0 react@19.3.1 react-dom@19.3.1 jsdom@29.1.1
cat >probe.mjs <<'JS'
import { JSDOM } from "jsdom";
const { window } = new JSDOM("<main></main>", { pretendToBeVisual: true });
globalThis.navigator ??= window.navigator;
Object.assign(globalThis, { window, document: window.document, IS_REACT_ACT_ENVIRONMENT: true });
const ofBrowser = "Element HTMLElement Node ShadowRoot MutationObserver getComputedStyle requestAnimationFrame cancelAnimationFrame";
for (const name of ofBrowser.split(" ")) globalThis[name] = window[name];
globalThis.ResizeObserver = class { observe() {} unobserve() {} disconnect() {} };
const { act, createElement: h } = await import("react");
const { createRoot } = await import("react-dom/client");
const { Toast } = await import("@base-ui/react/toast");
const manager = Toast.createToastManager();
const List = () => Toast.useToastManager().toasts.map((toast) => h(Toast.Root, { key: toast.id, toast }, h(Toast.Title)));
const page = h(Toast.Provider, { toastManager: manager, timeout: 0 }, h(Toast.Viewport, null, h(List)));
await act(() => createRoot(document.querySelector("main")).render(page));
for (const options of [{}, { priority: "low" }, { priority: "high" }]) {
  await act(() => manager.add({ title: "Saved", ...options }));
  const toast = document.querySelector("[role=region] > [role]");
  console.log(options.priority ?? "default", toast.getAttribute("role"), toast.getAttribute("aria-modal"));
  await act(() => manager.close());
  await act(() => new Promise((resolve) => setTimeout(resolve, 100)));
}
process.exit(0);
JS
node probe.mjs | tee seen.txt
diff - seen.txt <<'TXT'
default dialog false
low dialog false
high alertdialog false
TXT
echo "as stated"
