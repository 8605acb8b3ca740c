import { expect, it } from "vitest";
import { encodeCsv } from "./encode-csv";

it("ends each row's line as RFC 4180 has it, and quotes what needs it", () => {
  const rows = [
    ["name", "n"],
    ['say "hi", all', 1],
    ["two\nlines", null],
  ];
  expect(encodeCsv(rows)).toBe('name,n\r\n"say ""hi"", all",1\r\n"two\nlines",\r\n');
});

it.each(["=1+1", "+1", "-5", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])(
  "defuses %j, which a spreadsheet might run",
  (text) => {
    expect(encodeCsv([[text]])).toMatch(/^"?'[=+\-@\t\r\n]/u);
  },
);

it("leaves numbers numbers, and other text as it is", () => {
  expect(encodeCsv([[-5, 0.25, 1e21, "5-1", "a=b", "", null]])).toBe("-5,0.25,1e+21,5-1,a=b,,\r\n");
});
