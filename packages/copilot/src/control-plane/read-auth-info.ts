import type { CopilotClient } from "@github/copilot-sdk";

export type AuthInfo = NonNullable<Awaited<ReturnType<CopilotClient["rpc"]["account"]["getCurrentAuth"]>>["authInfo"]>;

/** Who the runtime's process itself is signed in as; of tokens that sessions bring it tells nothing. */
export async function readAuthInfo(client: CopilotClient): Promise<AuthInfo | undefined> {
  return (await client.rpc.account.getCurrentAuth()).authInfo;
}
