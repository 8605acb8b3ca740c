import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { Prose } from "./prose";

it("joins lines that were only broken to fit, and keeps empty ones", () => {
  const { container } = render(<Prose text={"One `code`\nand more.\n\nAnother."} />);
  expect(container.textContent).toBe("One code and more.\n\nAnother.");
  expect(container.querySelector("code")?.textContent).toBe("code");
});
