import { describe, expect, test } from "vitest";
import { readImageSize } from "./read-image-size.js";

const base64 = (...parts: (string | readonly number[])[]): string =>
  Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))),
  ).toString("base64");
const zeros = (count: number): number[] => new Array(count).fill(0);

const samples: Readonly<Record<string, string>> = {
  PNG: base64("\x89PNG\r\n\x1a\n", [0, 0, 0, 13], "IHDR", [0, 0, 2, 128, 0, 0, 1, 224]),
  GIF: base64("GIF89a", [0x80, 2, 0xe0, 1]),
  "WebP, lossy": base64("RIFF", zeros(4), "WEBPVP8 ", zeros(10), [0x80, 2, 0xe0, 1]),
  "WebP, lossless": base64("RIFF", zeros(4), "WEBPVP8L", zeros(4), [0x2f, 0x7f, 0xc2, 0x77, 0], zeros(8)),
  "WebP, extended": base64("RIFF", zeros(4), "WEBPVP8X", zeros(8), [0x7f, 2, 0, 0xdf, 1, 0]),
  "JPEG behind a profile and a fill byte": base64(
    [0xff, 0xd8, 0xff, 0xe1, 0, 6, 1, 2, 3, 4, 0xff],
    [0xff, 0xc2, 0, 17, 8, 1, 0xe0, 2, 0x80, 3],
  ),
};

describe("readImageSize", () => {
  test.each(Object.entries(samples))("reads a %s", (_, data) => {
    expect(readImageSize(data)).toEqual({ width: 640, height: 480 });
  });

  test.each(["", "iVBORw0KGgo=", base64("GIF89a"), base64("BM", zeros(60)), base64([0xff, 0xd8, 0xff, 0xe1, 0, 0])])(
    "is null for %j",
    (data) => {
      expect(readImageSize(data)).toBeNull();
    },
  );

  test("is null for any beginning of an image that stops before its size", () => {
    for (const data of Object.values(samples)) {
      const bytes = Buffer.from(data, "base64");
      for (let length = 0; length < bytes.length - 12; length += 1) {
        expect(readImageSize(bytes.subarray(0, length).toString("base64"))).toBeNull();
      }
    }
  });
});
