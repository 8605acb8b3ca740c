import { type ComponentType, type LazyExoticComponent, lazy } from "react";

/** A component whose code is fetched when it is first shown, or earlier when `preload` is called. */
export type LazyPart<Props> = LazyExoticComponent<ComponentType<Props>> & { preload: () => void };

/**
 * Keeps code out of the first page. `preload` is for the moment in which it is likely to be needed soon: the pointer
 * or the focus comes near. A load that fails is tried again the next time.
 */
export function createLazyPart<Props>(load: () => Promise<ComponentType<Props>>): LazyPart<Props> {
  const part = lazy(async () => ({ default: await load() }));
  return Object.assign(part, { preload: () => void load().catch(() => undefined) });
}
