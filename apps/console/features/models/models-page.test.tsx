import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { stubGateway } from "../../testing/fake-gateway";
import { createModel, createStatsRow } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { ModelsPage } from "./models-page";

it("leads from a model to the tokens that have it and to who uses it, and says which tokens lack it", async () => {
  const model = createModel({
    tokens: [
      { id: "token-1", alias: "Ada" },
      { id: "token-2", alias: "Bob" },
    ],
    lacking_tokens: [{ id: "token-3", alias: "Frank", reason: "auth_failed" }],
  });
  stubGateway({
    "GET /api/models": () => ({ models: [model] }),
    "GET /api/stats": () => ({ totals: createStatsRow(), rows: [] }),
    "GET /api/admin/settings": () => new Response(null, { status: 404 }),
  });
  renderInConsole(<ModelsPage />, { search: "id=gpt-5-mini" });
  const detail = await screen.findByRole("complementary");
  const hrefOf = (name: string) => within(detail).getByRole("link", { name }).getAttribute("href");
  expect(hrefOf("Ada")).toMatch(/^\/tokens\/?\?id=token-1$/u);
  expect(hrefOf("Bob")).toMatch(/^\/tokens\/?\?id=token-2$/u);
  expect(hrefOf("Who uses it")).toMatch(/^\/usage\/?\?range=7d&group=key&model=gpt-5-mini$/u);
  expect(within(detail).getByText(/Frank: the token is refused/u)).toBeDefined();
});
