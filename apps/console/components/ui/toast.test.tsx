import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { renderInConsole } from "../../testing/render-in-console";
import { useToast } from "./toast";

type Show = ReturnType<typeof useToast>;

/** What is told in passing, by whatever is called. */
function renderToasts(): Show {
  const told: Show[] = [];
  renderInConsole(<Teller onReady={(show) => told.push(show)} />);
  const [show] = told;
  if (show === undefined) throw new Error("nothing was rendered");
  return show;
}

function Teller({ onReady }: { onReady: (show: Show) => void }) {
  onReady(useToast());
  return null;
}

const shown = () =>
  screen
    .queryAllByRole("dialog")
    .concat(screen.queryAllByRole("alertdialog"))
    .map((toast) => toast.textContent);

it("tells the same thing once, however often it happens, and no more than three things at a time", async () => {
  const show = renderToasts();
  for (const text of ["One", "Two", "Two", "Two"]) act(() => show("done", text));
  await waitFor(() => expect(shown()).toHaveLength(2));
  for (const text of ["Three", "Four", "Five"]) act(() => show("done", text));
  await waitFor(() => expect([...shown()].sort()).toEqual(["Five", "Four", "Three"]));
});

it("keeps what can be taken back for its time, and what is done with it", async () => {
  const show = renderToasts();
  const onGone = vi.fn();
  act(() => show("done", "Deleted", { action: { label: "Undo", onAction: () => undefined }, onGone }));
  for (const text of ["One", "Two", "Three", "Four"]) act(() => show("done", text));
  await waitFor(() => expect([...shown()].sort()).toEqual(["DeletedUndo", "Four", "Three"]));
  expect(onGone).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(onGone).toHaveBeenCalledTimes(1));
});

it("tells a change that is taken back and made again once, with the way back of the last one", async () => {
  const show = renderToasts();
  const undone: number[] = [];
  for (const [index, text] of ["On", "Off", "On"].entries()) {
    act(() => show("done", text, { action: { label: "Undo", onAction: () => undone.push(index) } }));
  }
  await waitFor(() => expect([...shown()].sort()).toEqual(["OffUndo", "OnUndo"]));
  const [on] = screen.getAllByRole("dialog").filter((toast) => toast.textContent === "OnUndo");
  if (on === undefined) throw new Error("there is no such toast");
  fireEvent.click(within(on).getByRole("button", { name: "Undo" }));
  expect(undone).toEqual([2]);
});

it("lets the oldest of many that can be taken back go, which settles it", async () => {
  const show = renderToasts();
  const gone: number[] = [];
  for (const index of [0, 1, 2, 3]) {
    act(() => show("done", "Deleted", { onGone: () => gone.push(index) }));
  }
  await waitFor(() => expect(gone).toEqual([0]));
  expect(shown()).toHaveLength(3);
});

it("is reached with F6 and closed with Escape", async () => {
  const show = renderToasts();
  act(() => show("done", "Saved"));
  await waitFor(() => expect(shown()).toEqual(["Saved"]));
  fireEvent.keyDown(window, { key: "F6" });
  const toast = screen.getByRole("dialog");
  act(() => toast.focus());
  fireEvent.keyDown(toast, { key: "Escape" });
  await waitFor(() => expect(shown()).toEqual([]));
});
