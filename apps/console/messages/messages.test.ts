import compile from "icu-minify/compile";
import formatCompiled from "icu-minify/format";
import { createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import { locales } from "#lib/locale-preference";
import { messagesByLocale } from "../testing/all-messages";

/** Every message under its dotted key. */
function flatten(messages: object, prefix = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(messages)) {
    if (typeof value === "string") flat.set(`${prefix}${key}`, value);
    else for (const [inner, message] of flatten(value, `${prefix}${key}.`)) flat.set(inner, message);
  }
  return flat;
}

/** Arguments (`{name}`, `{name, plural, …}`) and tags (`<name>`) of a message. */
function placeholders(message: string): string[] {
  const found = message.matchAll(/\{\s*(\w+)\s*(?:\}|,\s*(?:plural|select|number|date)\b)|<(\w+)>/gu);
  return [...new Set([...found].map(([, argument, tag]) => argument ?? `<${tag}>`))].sort();
}

const english = flatten(messagesByLocale.en);

describe.each(locales)("messages in %s", (locale) => {
  const messages = flatten(messagesByLocale[locale]);

  it("have the keys of the English ones", () => {
    expect([...messages.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("have the placeholders of the English ones", () => {
    const shape = (all: Map<string, string>) => [...all].map(([key, text]) => [key, placeholders(text)]).sort();
    expect(shape(messages)).toEqual(shape(english));
  });

  it("are well-formed and never empty", () => {
    const errors: string[] = [];
    const translate = createTranslator<Record<string, string>>({
      locale,
      messages: Object.fromEntries([...messages].map(([key, text]) => [key.replaceAll(".", "/"), text])),
      onError: (error) => errors.push(error.message),
    });
    for (const [key, text] of messages) {
      expect(text.trim()).not.toBe("");
      const values = Object.fromEntries(placeholders(text).map((name) => [name, 2]));
      const tags = Object.fromEntries(placeholders(text).map((name) => [name.replace(/[<>]/gu, ""), () => ""]));
      translate.markup(key.replaceAll(".", "/"), { ...tags, ...values });
    }
    expect(errors).toEqual([]);
  });

  it("say the same when they are compiled, as the browser gets them", () => {
    const formatters = {
      getNumberFormat: (...args: ConstructorParameters<typeof Intl.NumberFormat>) => new Intl.NumberFormat(...args),
      getDateTimeFormat: (...args: ConstructorParameters<typeof Intl.DateTimeFormat>) =>
        new Intl.DateTimeFormat(...args),
      getPluralRules: (...args: ConstructorParameters<typeof Intl.PluralRules>) => new Intl.PluralRules(...args),
    };
    const differences: string[] = [];
    for (const [key, text] of messages) {
      const names = placeholders(text);
      if (names.some((name) => name.startsWith("<"))) continue;
      const values = Object.fromEntries(names.map((name) => [name, 1_234]));
      const plain = createTranslator<{ message: string }>({ locale, messages: { message: text } })("message", values);
      const compiled = formatCompiled(compile(text), locale, values, { formatters });
      if (compiled !== plain) differences.push(`${key}: ${compiled} is not ${plain}`);
    }
    expect(differences).toEqual([]);
  });
});
