/** The gateway asks for at least as many characters. */
export const minPasswordCharacters = 8;
