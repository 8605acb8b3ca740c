/** What stands for a turn in which nothing was said, or for content that is empty: the services refuse both. */
export const emptyText = "(empty)";
