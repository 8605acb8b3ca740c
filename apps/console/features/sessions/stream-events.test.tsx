import { fireEvent, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { createErrorResponse, stubGateway } from "../../testing/fake-gateway";
import { renderInConsole } from "../../testing/render-in-console";
import { StreamEventList } from "./stream-events";

const path = "/api/requests/req_1/events";

it("lists a stream's events with when each went out, a page at a time", async () => {
  stubGateway({
    [`GET ${path}?limit=500&offset=0`]: () => ({
      total: 501,
      events: [
        { event: "ping", data: "{}", at_ms: 312 },
        { event: null, data: '{"a":1}', at_ms: 2_500 },
      ],
    }),
    [`GET ${path}?limit=500&offset=500`]: () => ({
      total: 501,
      events: [{ event: null, data: "[DONE]", at_ms: 2_501 }],
    }),
  });
  renderInConsole(<StreamEventList requestId="req_1" />);
  const rows = await screen.findAllByRole("listitem");
  expect(rows.map(({ textContent }) => textContent)).toEqual(["1312 msping{}", '22.5 sec{"a":1}']);
  expect(screen.getByText("501 events")).toBeDefined();
  expect(screen.getByTitle("2.2 sec after the one before")).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Load more" }));
  expect((await screen.findByText("[DONE]")).closest("li")?.textContent).toContain("2.5 sec");
});

it("says where no times were kept, and where no stream is recorded", async () => {
  stubGateway({ [`GET ${path}`]: () => ({ total: 1, events: [{ event: null, data: "x", at_ms: null }] }) });
  const { unmount } = renderInConsole(<StreamEventList requestId="req_1" />);
  expect((await screen.findByText(/no times were kept/u)).textContent).toBe("1 event · no times were kept");
  unmount();
  stubGateway({ [`GET ${path}`]: () => createErrorResponse(404, "not_found", "No stream.") });
  renderInConsole(<StreamEventList requestId="req_1" />);
  expect(await screen.findByText("No stream is recorded of this request.")).toBeDefined();
});
