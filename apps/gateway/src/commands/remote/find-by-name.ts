import { GatewayError } from "@copilot-llm/model";

/** The item with that id or alias. Throws `not_found`; aliases are compared without case, as the gateway does. */
export function findByName<Item extends { readonly id: string; readonly alias: string }>(
  items: readonly Item[],
  name: string,
  what: string,
): Item {
  const alias = name.toLowerCase();
  const found = items.find((item) => item.id === name) ?? items.find((item) => item.alias.toLowerCase() === alias);
  if (found === undefined) throw new GatewayError("not_found", `There is no ${what} ${JSON.stringify(name)}.`);
  return found;
}
