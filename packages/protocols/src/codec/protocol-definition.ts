import type {
  BatchApi,
  CatalogueModel,
  GatewayError,
  JsonObject,
  Operation,
  Protocol,
  TokenUsage,
  Wire,
} from "@copilot-llm/model";
import type { ConversationPeek } from "../body/request-peek.js";
import type { CanonicalRequest, ReasoningRequest } from "../canonical/request.js";
import type { RuleContext, RuleStep } from "../service-rules/service-rule.js";
import type { EncodedError } from "./encoded-error.js";
import type { StoredHistory } from "./stored-history.js";
import type { StreamObserver } from "./stream-observer.js";
import type { StreamRewriter } from "./stream-rewriter.js";
import type { WireCodec } from "./wire-codec.js";

/** Headers by name, in lower case. */
export type WireHeaders = Readonly<Record<string, string>>;

/**
 * All that is known of one protocol. Its folder holds what stands here, the registry lists the definitions, and nothing
 * else tells protocols apart. `Path` is where the service takes its requests.
 */
export type ProtocolDefinition<Path extends string = string> = WireDefinition<Path> | EmbeddingsDefinition<Path>;

/** What every protocol has. */
interface CommonDefinition<Path extends string> {
  readonly path: Path;
  /** How a batch asks for it. */
  readonly batchEndpoint: BatchEndpointNames;
  /** What every whole answer holds, a list; what lacks it is no answer. */
  readonly answerField: string;

  /** Looks a request over. Throws `invalid_request` for what no upstream could serve. */
  peek(body: JsonObject): ConversationPeek;
  /**
   * The protocol's headers of a request to the service; `sent` is the client's, null where it speaks another protocol.
   * `refused` names what the model does not take.
   */
  encodeHeaders(sent: WireHeaders | null, refused: readonly string[]): WireHeaders;
  /** The headers without what a refusal names, and its names; null when it is not about headers. */
  withoutRefusedHeaders?(
    headers: WireHeaders,
    refusal: string,
  ): { readonly headers: WireHeaders; readonly refused: readonly string[] } | null;
  /** Parameters that a client can do without where a model refuses them; dotted where they stand inside another. */
  readonly dispensable: ReadonlySet<string>;
  /** What the service takes otherwise than the protocol's clients send it, in the order in which the rules apply. */
  readonly rules: readonly RuleStep[];
  /** What the rules must know of a request and only a table can tell; absent where they need nothing. */
  loadRuleContext?(body: JsonObject, model: CatalogueModel): Promise<Pick<RuleContext, "decodeTokens">>;
  /** A body without the reasoning of earlier turns, for a back-end that did not write it; null when there is none. */
  stripReasoning(body: JsonObject): JsonObject | null;

  /** The body as several, where it is more than the service takes at once; absent where that never happens. */
  splitBody?(body: JsonObject, model: CatalogueModel): readonly JsonObject[];
  /** The answers to those as the answer to the whole. Throws `upstream_error` for what is no answer. */
  joinAnswers?(answers: readonly JsonObject[]): JsonObject;
  /** A whole answer, made what its request asked for; the very bytes where it is already. */
  finishAnswer(request: JsonObject, answer: Uint8Array): Uint8Array;
  mapUsage(usage: JsonObject): TokenUsage;
  encodeError(error: GatewayError, requestId: string): EncodedError;

  /** How the protocol's clients refer to answers that the service keeps; null where every request is whole. */
  readonly storedHistory: StoredHistory | null;
  /** How the protocol counts a prompt's tokens without an answer; null where it cannot. */
  readonly tokenCount: TokenCount<Path> | null;
}

/** What a batch's items ask for, in the words of the API that has the batch. */
export interface BatchEndpointNames {
  readonly api: BatchApi;
  /** As the lines of a batch's file and the batch itself name it. */
  readonly url: string;
  readonly operation: Operation;
}

export interface TokenCount<Path extends string = string> {
  readonly path: Path;
  /** What every answer holds, a number. */
  readonly answerField: string;
  encodeAnswer(inputTokens: number): JsonObject;
}

/** A protocol of embeddings: requests reach models of that kind only, and answers come whole. */
export interface EmbeddingsDefinition<Path extends string = string> extends CommonDefinition<Path> {
  readonly kind: "embeddings";
  readonly id: Exclude<Protocol, Wire>;
}

/** A protocol of conversations: its answers stream, and requests and answers are translated from and to every other. */
export interface WireDefinition<Path extends string = string> extends CommonDefinition<Path>, WireCodec {
  readonly kind: "conversation";
  readonly id: Wire;

  /** The top-level fields that its decoder reads. */
  readonly requestFields: ReadonlySet<string>;

  createObserver(): StreamObserver;
  /**
   * What stands before the words of a delta, up to the opening quote: `"text":"`. What differs behind it alone tells an
   * observer nothing. Empty where each event differs in more than its words.
   */
  readonly textOpenings: readonly Buffer[];
  /** Null, or absent, where the upstream's stream suits the request's client as it comes. */
  createStreamRewriter?(request: JsonObject): StreamRewriter | null;
  /** The text that ends a stream in an error; valid as a whole stream. */
  encodeStreamError(error: GatewayError, requestId: string): string;
  /** What keeps a silent stream open. Only between two events. */
  readonly heartbeat: string;

  /** The stop sequences of a body, at which the service cuts the answer; none where the wire has no such field. */
  stopSequences(body: JsonObject): readonly string[];
  /** True for what the service does not do on this wire although the request asks for it; another wire may. */
  ignoresRequest(body: JsonObject, model: CatalogueModel): boolean;
  readonly fitting: WireFitting;
  /** How much this model is to think on this wire, in words that both take. Asked only of models that can. */
  fitReasoning(request: CanonicalRequest, model: CatalogueModel): ReasoningRequest | null;
  /** Marks a translated body for the prompt cache; absent where caching needs no marks. */
  addCacheMarks?(body: JsonObject): JsonObject;

  /** The field that holds the conversation. */
  readonly conversationField: string;
  /** Clients know a refusal by its words only, so that one without any gets some. */
  readonly needsRefusalWords: boolean;
  /** True when a client of this protocol is to see the model's reasoning. */
  showsReasoning(request: CanonicalRequest): boolean;
  /** The settings of a request that its answer repeats; absent where it repeats none. */
  pickSettings?(body: JsonObject): JsonObject;
}

/** What the wire can hold of a request that was made for another. */
export interface WireFitting {
  /** Tools keep their namespaces, and those with free text their form; else all become plain functions. */
  readonly keepsToolForms: boolean;
  readonly takesFileUrls: boolean;
  /** Without a limit of the client's the model's own is named. */
  readonly needsOutputLimit: boolean;
  readonly leastOutputTokens: number;
}
