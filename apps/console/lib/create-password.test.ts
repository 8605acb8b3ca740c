import { expect, it } from "vitest";
import { createPassword } from "./create-password";

it("makes four groups of five letters and digits from the bytes it is given", () => {
  const password = createPassword((bytes) => bytes.set(bytes.map((_, index) => index)));
  expect(password).toBe("abcde-fghij-kmnpq-rstuv");
});

it("uses every character of its alphabet as often: 256 is a multiple of their number", () => {
  const seen = new Map<string, number>();
  for (let byte = 0; byte < 256; byte += 1) {
    const first = createPassword((bytes) => bytes.fill(byte)).charAt(0);
    seen.set(first, (seen.get(first) ?? 0) + 1);
  }
  expect(new Set(seen.values())).toEqual(new Set([8]));
});
