/** Sizes that the contract fixes; client and server read them here. Lengths are UTF-16 units. */
export const limits = {
  messageLength: 8_000,
  nameLength: 200,
  emailLength: 320,
  phoneLength: 50,
  urlLength: 2_048,
  titleLength: 300,
  assignees: 20,
  /** Files with one message. */
  attachments: 10,
  /** Bytes of one file. */
  fileSize: 10 * 1_048_576,
  fileNameLength: 255,
  /** Messages in a page when the client does not say. */
  pageSize: 50,
  maxPageSize: 200,
  passwordLength: { min: 10, max: 200 },
  /** How long a `typing: true` holds when nothing follows, in ms. */
  typingTtlMs: 6_000,
  /** The least time between two `typing: true` of one author, in ms. */
  typingEveryMs: 3_000,
} as const;
