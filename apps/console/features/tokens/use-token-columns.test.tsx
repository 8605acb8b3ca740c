import { it } from "vitest";
import { expectNameTakesRest } from "../../testing/expect-name-takes-rest";
import { useTokenColumns } from "./use-token-columns";

const noQuotas = () => undefined;

it("leave the name what the others do not need, and fit at 1,280 px", () => {
  expectNameTakesRest(() => useTokenColumns(noQuotas));
});
