import type { CreateUserBody, UpdateUserBody, UserList, UserView } from "@copilot-llm/gateway/admin-api";
import { type UseMutationResult, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";
import { useChange } from "./use-change";

/** Someone who may sign in to the console. */
export type ConsoleUser = UserView;

const path = "/api/admin/users";
const item = (id: string) => `${path}/${encodeURIComponent(id)}`;

/** Everyone who may sign in to the console; only admins may know. */
export function useUsers(isEnabled = true): UseQueryResult<readonly ConsoleUser[]> {
  return useQuery({
    queryKey: queryKeys.users,
    queryFn: async ({ signal }) => (await requestJson<UserList>(path, { signal })).users,
    enabled: isEnabled,
  });
}

export function useCreateUser(): UseMutationResult<UserView, Error, CreateUserBody> {
  return useChange((body) => requestJson(path, { method: "POST", body }), { staleKeys: [queryKeys.users] });
}

interface UserChange {
  id: string;
  body: UpdateUserBody;
}

/** A new password ends every sign-in of the user. */
export function useUpdateUser(): UseMutationResult<UserView, Error, UserChange> {
  return useChange(({ id, body }) => requestJson(item(id), { method: "PATCH", body }), {
    staleKeys: [queryKeys.users, queryKeys.authStatus],
  });
}

/** Deletes a user and ends their sign-ins; `onDeleted` is called even when the user's row is gone by then. */
export function useDeleteUser(onDeleted: () => void): UseMutationResult<void, Error, string> {
  return useChange((id) => requestJson(item(id), { method: "DELETE" }), {
    staleKeys: [queryKeys.users],
    onSuccess: onDeleted,
  });
}
