import type { ModelOverview } from "@copilot-llm/gateway/admin-api";
import type { ToolResult, UserPart } from "#lib/chat/conversation";
import type { PlayNode } from "./conversation-tree";
import type { AnswerNode, Column } from "./use-playground";

export interface ChatColumnProps {
  column: Column | undefined;
  model: ModelOverview | undefined;
  models: readonly ModelOverview[];
  isCompared: boolean;
  onEdit: (node: PlayNode, parts: readonly UserPart[]) => void;
  onRegenerate: (node: PlayNode, model?: string) => void;
  onTools: (results: readonly ToolResult[]) => void;
  /** Null where it is the only column, or an answer comes in. */
  onKeepInAll: ((node: AnswerNode) => void) | null;
  onChoose: (node: PlayNode) => void;
  onRemove: (id: string) => void;
}
