import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// Dialogs and menus are fetched when they are first opened, which on a busy machine takes its time.
configure({ asyncUtilTimeout: 10_000 });

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});
