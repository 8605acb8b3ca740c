const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const pattern = /^[a-z]+_([0-7][0-9A-HJKMNP-TV-Z]{9})[0-9A-HJKMNP-TV-Z]{16}$/i;

/** When an id of the form `req_` + ULID was made; null for ids of any other form. */
export function requestTimeMs(id: string): number | null {
  const time = pattern.exec(id)?.[1];
  if (time === undefined) return null;
  let ms = 0;
  for (const digit of time.toUpperCase()) ms = ms * 32 + digits.indexOf(digit);
  return ms;
}
