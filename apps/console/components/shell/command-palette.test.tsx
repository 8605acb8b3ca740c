import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { createErrorResponse, stubGateway } from "../../testing/fake-gateway";
import { renderInConsole } from "../../testing/render-in-console";
import { CommandPalette } from "./command-palette";

const hits = [
  { kind: "key", id: "key_1", label: "Laptop", session_id: null },
  { kind: "token", id: "tok_1", label: "Ada", session_id: null },
];

function type(text: string): void {
  fireEvent.change(screen.getByRole("combobox"), { target: { value: text } });
}

it("asks the gateway for what is typed once typing pauses, and for nothing before", async () => {
  const seen = stubGateway({ "GET /api/search": () => ({ hits }) });
  renderInConsole(<CommandPalette onClose={() => undefined} />);
  expect(await screen.findByRole("option", { name: /Usage/u })).toBeDefined();
  expect(seen).toEqual([]);
  type("lap");
  type("lapto");
  expect(await screen.findByRole("option", { name: "Laptop" })).toBeDefined();
  // A hit stays that the gateway found by what is not shown, as a token's login.
  expect(screen.getByRole("option", { name: "Ada" })).toBeDefined();
  expect(seen.map(({ path }) => path)).toEqual(["/api/search?q=lapto"]);
});

it("sends of a key no more than its public start, and never a token", async () => {
  const seen = stubGateway({ "GET /api/search": () => ({ hits: [] }) });
  renderInConsole(<CommandPalette onClose={() => undefined} />);
  type("gho_abcdefghijklmnop");
  expect(await screen.findByText("Nothing found.")).toBeDefined();
  type("clp_AbCdEfGhIjKlMnOpQrSt");
  await waitFor(() => expect(seen.map(({ path }) => path)).toEqual(["/api/search?q=clp_AbCdEfGh"]));
});

it.each([
  ["en", "Searching…", "The search failed.", "Try again"],
  ["zh-CN", "正在搜索…", "搜索失败。", "重试"],
] as const)(
  "says that it searches, and offers to try again what failed (%s)",
  async (locale, searching, failed, retry) => {
    let hasFailed = false;
    stubGateway({
      "GET /api/search": () => {
        if (hasFailed) return { hits };
        hasFailed = true;
        return createErrorResponse(403, "permission_denied", "No.");
      },
    });
    renderInConsole(<CommandPalette onClose={() => undefined} />, { locale });
    type("zzz");
    expect(await screen.findByText(searching)).toBeDefined();
    expect(await screen.findByText(failed)).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: retry }));
    expect(await screen.findByRole("option", { name: "Laptop" })).toBeDefined();
    expect(screen.queryByText(failed)).toBeNull();
  },
);
