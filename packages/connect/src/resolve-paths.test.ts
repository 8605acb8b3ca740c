import { describe, expect, it } from "vitest";
import { createFilePlace, homeDirectory } from "./create-places.js";
import { resolvePaths } from "./resolve-paths.js";

const place = (directory: Parameters<typeof createFilePlace>[0]["directory"]) =>
  createFilePlace({ directory, names: ["a.json", "a.jsonc"], language: "json", changes: [], holdsKey: false });

describe("resolvePaths", () => {
  it("gives every name that the client looks for, below the home directory", () => {
    const found = resolvePaths(place(homeDirectory(".config/x")), { system: "linux", home: "/h", environment: {} });
    expect(found).toEqual(["/h/.config/x/a.json", "/h/.config/x/a.jsonc"]);
  });

  it("follows the client's own variable", () => {
    const input = { system: "macos", home: "/h", environment: { X_HOME: "/elsewhere" } } as const;
    expect(resolvePaths(place(homeDirectory(".x", "X_HOME")), input)[0]).toBe("/elsewhere/a.json");
  });

  it("knows Windows' folders, moved or not", () => {
    const usual = { macos: "~/x", linux: "~/x", windows: "%APPDATA%\\x" };
    const at = (environment: Record<string, string>) =>
      resolvePaths(place({ variable: null, usual }), { system: "windows", home: "C:\\h", environment })[0];
    expect(at({ APPDATA: "D:\\r" })).toBe("D:\\r\\x\\a.json");
    expect(at({})).toBe("C:\\h\\AppData\\Roaming\\x\\a.json");
  });
});
