import { fireEvent, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, it } from "vitest";
import { renderInConsole } from "../../testing/render-in-console";
import { NumberSetting } from "./number-setting";

function MaxTokens() {
  const [value, setValue] = useState<number | undefined>(undefined);
  return (
    <>
      <NumberSetting label="Max tokens" value={value} min={1} max={32_000} step={1} hasSlider onChange={setValue} />
      <output>{value ?? "unset"}</output>
    </>
  );
}

it("is set by typing or dragging, within its limits, and left to the service again", async () => {
  renderInConsole(<MaxTokens />);
  const box = await screen.findByRole<HTMLInputElement>("spinbutton", { name: "Max tokens" });
  const slider = screen.getByRole<HTMLInputElement>("slider", { name: "Max tokens" });
  expect([box.value, slider.max, screen.getByRole("status").textContent]).toEqual(["", "32000", "unset"]);
  fireEvent.change(slider, { target: { value: "4096" } });
  expect(box.value).toBe("4096");
  fireEvent.change(box, { target: { value: "99000" } });
  expect(slider.value).toBe("32000");
  fireEvent.click(screen.getByRole("button", { name: "Reset" }));
  expect(screen.getByRole("status").textContent).toBe("unset");
});
