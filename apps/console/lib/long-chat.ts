/** With more messages than this a conversation has only those in sight in the page. */
export const maxShortMessages = 60;
