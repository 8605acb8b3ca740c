/** For so many days what models, keys, tokens and errors did is known by the hour; before, by the day. */
export const hourlyKeptDays = 35;
