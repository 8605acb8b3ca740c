/** How wide the column is in which rows are ticked. */
export const tickRem = 2.75;
