import type { RequestCounts } from "@copilot-llm/gateway/admin-api";
import type { Option } from "#components/ui/option-list";

/** Something a list can be narrowed by. */
export interface FilterField {
  id: string;
  label: string;
  options: readonly Option[];
  /** Whether several values may hold at once; each one then widens the list. */
  isMultiple?: boolean;
  /** What was typed as a value that is not among the options; null where it is none. */
  readTyped?: (text: string) => Option | null;
  /** What a value that is not among the options is called. */
  labelOf?: (value: string) => string;
  /** Under which name the gateway counts the requests behind each value; without it they are not counted. */
  countedAs?: keyof RequestCounts;
}

/** The span in which the requests behind values are counted. */
export interface CountedSpan {
  fromMs: number;
  toMs: number;
}

export type FilterValues = Readonly<Record<string, readonly string[]>>;

export interface FilterOverlayProps {
  anchor: HTMLElement;
  fields: readonly FilterField[];
  /** The field whose values are shown at once. */
  fieldId: string | null;
  values: FilterValues;
  /** Null: values are not counted. */
  countedSpan: CountedSpan | null;
  onChange: (fieldId: string, values: readonly string[]) => void;
  onClosed: () => void;
}
