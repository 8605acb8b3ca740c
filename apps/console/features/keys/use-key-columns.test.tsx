import { it } from "vitest";
import { expectNameTakesRest } from "../../testing/expect-name-takes-rest";
import { useKeyColumns } from "./use-key-columns";

/** The column that comes with what the gateway counted in the week. */
const weekRem = 7;

it("leave the name what the others do not need, and fit at 1,280 px", () => {
  expectNameTakesRest(useKeyColumns, weekRem);
});
