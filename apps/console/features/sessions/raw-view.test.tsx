import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { createErrorResponse, stubGateway } from "../../testing/fake-gateway";
import { createRequestFacts } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { RawView } from "./raw-view";

const show = (answer: () => Response) => {
  stubGateway({ "GET /api/requests/r1/request": answer, "GET /api/requests/r1/response": answer });
  renderInConsole(<RawView requestId="r1" records={[createRequestFacts()]} onRequest={() => undefined} />);
};

it("says why a body cannot be shown", async () => {
  show(() => createErrorResponse(403, "permission_denied", "Only an admin may see prompts."));
  expect((await screen.findByRole("alert")).textContent).toContain("Only an admin may see prompts.");
});

it("says that a body is gone", async () => {
  show(() => createErrorResponse(404, "not_found", "There is no such body."));
  expect(await screen.findByText(/Not recorded, or removed/u)).toBeDefined();
});
