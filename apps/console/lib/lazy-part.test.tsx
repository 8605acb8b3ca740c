import { fireEvent, screen } from "@testing-library/react";
import { type ReactNode, Suspense, useState } from "react";
import { expect, it, vi } from "vitest";
import { LoadFailure } from "#components/load-failure";
import { renderInConsole } from "../testing/render-in-console";
import { createLazyPart } from "./lazy-part";
import { LoadFailureContext } from "./load-failure-context";

function Whole({ word }: { word: string }) {
  return <p>{word}</p>;
}

/** Code that comes from the given try on. */
function stubLoad(firstGoodTry: number) {
  let tries = 0;
  return vi.fn(async () => {
    tries += 1;
    if (tries < firstGoodTry) throw new Error("Failed to load chunk");
    return Whole;
  });
}

function renderPart(part: ReactNode, locale: "en" | "zh-CN" = "en") {
  return renderInConsole(
    <LoadFailureContext value={LoadFailure}>
      <p>The page</p>
      <Suspense fallback="…">{part}</Suspense>
    </LoadFailureContext>,
    { locale },
  );
}

it.each([
  ["en", "This part could not be loaded.", "Try again"],
  ["zh-CN", "这一部分未能加载。", "重试"],
] as const)(
  "says that code did not come, keeps the page, and fetches it again when told (%s)",
  async (locale, text, retry) => {
    const load = stubLoad(3);
    const Part = createLazyPart(load);
    renderPart(<Part word="Here" />, locale);
    expect((await screen.findByRole("alert")).textContent).toContain(text);
    expect(screen.getByText("The page")).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: retry }));
    await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(2));
    await vi.waitFor(() => expect(screen.getByRole("button", { name: retry }).getAttribute("aria-busy")).toBeNull());
    fireEvent.click(screen.getByRole("button", { name: retry }));
    expect(await screen.findByText("Here")).toBeDefined();
    expect(screen.queryByRole("alert")).toBeNull();
  },
);

const Overlay = createLazyPart<{ word: string; onClose: () => void }>(stubLoad(2), {
  close: ({ onClose }) => onClose(),
});

function OpeningPage() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setIsOpen(true)}>
        Open
      </button>
      {isOpen && <Overlay word="Here" onClose={() => setIsOpen(false)} />}
    </>
  );
}

it("fetches it again when it is shown the next time, and lets what lies over the page be put away", async () => {
  renderPart(<OpeningPage />);
  fireEvent.click(screen.getByRole("button", { name: "Open" }));
  fireEvent.click(await screen.findByRole("button", { name: "Close" }));
  expect(screen.queryByRole("alert")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Open" }));
  expect(await screen.findByText("Here")).toBeDefined();
});

it("shows what stands in for code that did not come", async () => {
  const Part = createLazyPart(stubLoad(2), { standIn: ({ word }) => <em>{word}</em> });
  renderPart(<Part word="Here" />);
  expect((await screen.findByText("Here")).tagName).toBe("EM");
  expect(screen.queryByRole("alert")).toBeNull();
});

it("shows at once what was fetched before", async () => {
  const load = stubLoad(1);
  const Part = createLazyPart(load);
  const { unmount } = renderPart(<Part word="Here" />);
  await screen.findByText("Here");
  unmount();
  renderPart(<Part word="There" />);
  expect(screen.getByText("There")).toBeDefined();
  expect(load).toHaveBeenCalledTimes(1);
});
