import type { ApiKey, CatalogueModel, Settings } from "@copilot-llm/model";
import { peekRequest, type RequestPeek } from "@copilot-llm/protocols";
import type { Accounts } from "../accounts/accounts.js";
import { keyOf } from "../identity/principal.js";
import type { ModelDirectory } from "../models/model-directory.js";
import type { Conversation, Conversations } from "./conversations.js";
import type { RequestTrace } from "./request-trace.js";
import type { ExpandedRequest, ResponseHistory } from "./response-history.js";
import { restrictTokens } from "./restrict-tokens.js";
import type { ServeCall } from "./serve-call.js";

export interface AdmitOptions {
  readonly responseHistory: Pick<ResponseHistory, "expand">;
  readonly conversations: Pick<Conversations, "find">;
  readonly accounts: Pick<Accounts, "has">;
  readonly models: Pick<ModelDirectory, "resolve">;
  /** The settings as they stand. */
  readonly settings: () => Settings;
}

/** A request that is understood and allowed: what it asks for, of which model, on which tokens. */
export interface Admitted {
  readonly call: ServeCall;
  readonly key: ApiKey | null;
  /** The request with the earlier turns that it refers to. */
  readonly peek: RequestPeek;
  readonly conversationId: string;
  /** The tokens that may serve it; null means any. */
  readonly onlyTokenIds: readonly string[] | null;
  readonly model: CatalogueModel;
}

/** Understands a call and finds the model that serves it. Rejects with what forbids it. */
export type AdmitRequest = (call: ServeCall, trace: RequestTrace) => Promise<Admitted>;

export function createAdmitRequest(options: AdmitOptions): AdmitRequest {
  const { responseHistory, conversations, accounts, models, settings } = options;

  const findConversation = async (call: ServeCall, expanded: ExpandedRequest): Promise<Conversation> => {
    const known = call.conversationId ?? expanded.conversationId;
    return known === null ? await conversations.find(call, expanded.peek) : { id: known, end: () => {} };
  };

  return async (call, trace) => {
    const expanded = await responseHistory.expand(call, peekRequest(call.protocol, call.body));
    const { peek } = expanded;
    const conversation = await findConversation(call, expanded);
    trace.noteConversation(conversation);
    trace.noteRequest(peek);
    const key = keyOf(call.principal);
    const onlyTokenIds = restrictTokens(accounts, key, call.pinnedTokenId);
    const aliases = settings().modelAliases;
    const model = models.resolve({ asked: peek.model, protocol: call.protocol, key, onlyTokenIds, aliases });
    trace.noteModel(model);
    return { call, key, peek, conversationId: conversation.id, onlyTokenIds, model };
  };
}
