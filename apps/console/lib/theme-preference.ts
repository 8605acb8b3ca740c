import { useEffect } from "react";
import { useStoredPreference } from "./stored-preference";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** The chosen theme. `public/theme.js` reads the same key before the first paint. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [stored, setStored] = useStoredPreference("console.theme");
  return [themes.find((theme) => theme === stored) ?? "system", setStored];
}

/** Keeps the `dark` class of the document in step with the choice and with the system's preference. */
export function useAppliedTheme(): void {
  const [theme] = useTheme();
  useEffect(() => {
    const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
    const apply = () => {
      const isDark = theme === "dark" || (theme === "system" && systemDark.matches);
      document.documentElement.classList.toggle("dark", isDark);
    };
    apply();
    systemDark.addEventListener("change", apply);
    return () => systemDark.removeEventListener("change", apply);
  }, [theme]);
}
