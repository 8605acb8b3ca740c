import type { BatchProblem } from "@copilot-llm/model";
import { type BatchEndpoint, decodeBatchLine } from "@copilot-llm/protocols";
import type { ItemToAdd } from "@copilot-llm/stores";
import type { FileLine } from "./split-lines.js";

/** As many requests as one of OpenAI's batches may have. */
const maxLines = 50_000;

/** Makes items of a file's lines, and says of what it cannot. */
export class LineReader {
  readonly problems: BatchProblem[] = [];
  readonly #endpoint: BatchEndpoint;
  readonly #hasModel: (asked: string) => boolean;
  readonly #customIds = new Set<string>();
  /** The models of this batch that there are. */
  readonly #models = new Set<string>();
  #items: ItemToAdd[] = [];

  constructor(endpoint: BatchEndpoint, hasModel: (asked: string) => boolean) {
    this.#endpoint = endpoint;
    this.#hasModel = hasModel;
  }

  get items(): readonly ItemToAdd[] {
    return this.#items;
  }

  /** The items that were read since it was last asked. */
  take(): readonly ItemToAdd[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  read(line: FileLine): void {
    const problem = this.#take(line);
    if (problem !== null) this.problems.push({ line: line.number, ...problem });
  }

  /** There are no more lines. */
  end(): void {
    if (this.#customIds.size > 0 || this.problems.length > 0) return;
    this.problems.push({ line: null, code: "empty_file", message: "The file has no requests.", param: null });
  }

  /** Returns what is wrong with the line, of which no item is made then. */
  #take({ offset, bytes }: FileLine): Omit<BatchProblem, "line"> | null {
    const decoded = decodeBatchLine(bytes, this.#endpoint);
    if (!decoded.ok) return decoded.problem;
    const { customId, model, body } = decoded.line;
    if (this.#customIds.has(customId)) {
      const message = `The \`custom_id\` \`${customId}\` stands in another line too.`;
      return { code: "duplicate_custom_id", message, param: "custom_id" };
    }
    if (this.#customIds.size >= maxLines) {
      return { code: "too_many_requests", message: `A batch may have ${maxLines} requests.`, param: null };
    }
    if (!this.#models.has(model) && !this.#hasModel(model)) {
      const message = `There is no model \`${model}\` here for this API key.`;
      return { code: "model_not_found", message, param: "body.model" };
    }
    this.#models.add(model);
    this.#items.push({ index: this.#customIds.size, customId, offset: offset + body.offset, length: body.length });
    this.#customIds.add(customId);
    return null;
  }
}
