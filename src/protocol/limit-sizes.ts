export const messageLength = 8_000;
export const nameLength = 200;
export const emailLength = 320;
export const phoneLength = 50;
export const urlLength = 2_048;
export const titleLength = 300;
export const assignees = 20;
/** Files with one message. */
export const attachments = 10;
/** Bytes of one file. */
export const fileSize = 10 * 1_048_576;
export const fileNameLength = 255;
/** Messages in a page when the client does not say. */
export const pageSize = 50;
export const maxPageSize = 200;
export const passwordLength = { min: 10, max: 200 } as const;
/** How long a `typing: true` holds when nothing follows, in ms. */
export const typingTtlMs = 6_000;
/** The least time between two `typing: true` of one author, in ms. */
export const typingEveryMs = 3_000;
export const notesLength = 10_000;
export const tags = 50;
export const tagLength = 60;
/** Attributes of a contact, and as many that the page tells of it. */
export const fields = 100;
export const fieldKeyLength = 100;
export const fieldValueLength = 2_000;
export const queryLength = 200;
/** Conversations that are closed, opened or deleted by one push. */
export const bulk = 100;
export const mentions = 20;
export const groups = 200;
export const savedReplies = 2_000;
export const shortcutLength = 40;
export const templates = 500;
export const subjectLength = 300;
export const formFields = 20;
export const formConsents = 10;
export const targeted = 50;
export const conditions = 20;
/** Languages of one text. */
export const languages = 40;
export const widgetTextLength = 1_000;
/** What the page showed by itself, with one message. */
export const shown = 5;
export const ratingCommentLength = 2_000;
