// Runs before the first paint so that a dark page never flashes white. `theme-preference.ts` takes over afterwards.
(() => {
  let stored = null;
  try {
    stored = localStorage.getItem("console.theme");
  } catch {
    // Storage may be blocked; the system's preference then decides.
  }
  const isDark = stored === "dark" || (stored !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.classList.toggle("dark", isDark);
})();
