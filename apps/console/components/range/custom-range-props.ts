import type { RangeState } from "#lib/use-range";

export interface CustomRangeProps {
  range: RangeState;
  onClose: () => void;
}
