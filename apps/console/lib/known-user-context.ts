import type { AuthStatus } from "@copilot-llm/gateway/admin-api";
import { createContext } from "react";

export type KnownUser = Pick<AuthStatus, "username" | "role">;

/** Who was logged in last under this page. When the session ends the page stays as it is until they log in again. */
export const KnownUserContext = createContext<KnownUser | null>(null);
