import type { AuthStatus, ChangePasswordBody, LoginBody, SetupBody } from "@copilot-llm/gateway/admin-api";
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useContext } from "react";
import { KnownUserContext } from "#lib/known-user-context";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";

/** Whether the gateway has an admin yet and who is logged in here. */
export function useAuthStatus(): UseQueryResult<AuthStatus> {
  return useQuery({
    queryKey: queryKeys.authStatus,
    queryFn: ({ signal }) => requestJson<AuthStatus>("/api/auth/status", { signal }),
    staleTime: 60_000,
  });
}

/**
 * Whether who is logged in may change things; a viewer may look at all of it. It stays true when an admin's session ends
 * under an open page: what was being filled in must still be there once they are logged in again.
 */
export function useIsAdmin(): boolean {
  const known = useContext(KnownUserContext);
  const role = useAuthStatus().data?.role ?? known?.role;
  return role === "admin";
}

/** Logs in; the session cookie comes with the answer, whose token is not kept. */
export function useLogin(): UseMutationResult<void, Error, LoginBody> {
  return useAuthChange((body: LoginBody) => requestJson("/api/auth/login", { method: "POST", body }));
}

/** Creates the first admin with the setup code printed at the gateway's start, and logs in. */
export function useSetup(): UseMutationResult<void, Error, SetupBody> {
  return useAuthChange((body: SetupBody) => requestJson("/api/auth/setup", { method: "POST", body }));
}

/** Changes one's own password: every other sign-in of one's own ends, this one goes on. */
export function useChangePassword(): UseMutationResult<void, Error, ChangePasswordBody> {
  return useAuthChange((body: ChangePasswordBody) => requestJson("/api/auth/password", { method: "POST", body }));
}

/** Ends the session. The page is left as a whole, so that nothing that was loaded in it stays in memory. */
export function useLogout(): UseMutationResult<void, Error, void> {
  return useMutation({
    mutationFn: () => requestJson<void>("/api/auth/logout", { method: "POST", body: {} }),
    onSuccess: () => window.location.assign("/login/"),
  });
}

function useAuthChange<Body>(send: (body: Body) => Promise<unknown>): UseMutationResult<void, Error, Body> {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (body: Body) => {
      await send(body);
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: queryKeys.authStatus });
      // What was refused because the session had ended is asked for again.
      void queryClient.invalidateQueries({ predicate: ({ state }) => state.status === "error" });
    },
    gcTime: 0,
  });
}
