import { type ComponentType, createContext } from "react";

export interface LoadFailureProps {
  isRetrying: boolean;
  onRetry: () => void;
  /** Puts away what lies over the page; null for a part of the page itself. */
  onClose: (() => void) | null;
}

/** What stands in the place of a part whose code did not come. */
export const LoadFailureContext = createContext<ComponentType<LoadFailureProps> | null>(null);
