import { type QueryKey, type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";

interface ChangeOptions {
  /** The cached answers that are asked for again afterwards, also when the request failed. */
  staleKeys: readonly QueryKey[];
  /** Called even when what was changed is no longer shown by then. */
  onSuccess?: () => void;
}

/** A request that changes something. Its variables and answer, which may hold secrets, are not kept. */
export function useChange<Answer, Variables>(
  send: (variables: Variables) => Promise<Answer>,
  { staleKeys, onSuccess = () => undefined }: ChangeOptions,
): UseMutationResult<Answer, Error, Variables> {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess,
    onSettled: () => Promise.all(staleKeys.map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
    gcTime: 0,
  });
}
