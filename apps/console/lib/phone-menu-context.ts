import { createContext } from "react";

/** Opens the menu of a phone; pages have its button in their top bar. */
export const PhoneMenuContext = createContext<() => void>(() => undefined);
