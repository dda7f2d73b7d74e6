/** Every code that a refusal may have; `error-entries.ts` says what each means. */
export const errorCodes = [
  'invalid_payload',
  'invalid_email',
  'message_empty',
  'message_too_long',
  'password_too_short',
  'file_empty',
  'file_damaged',
  'file_incomplete',
  'too_many_files',
  'unauthorized',
  'token_invalid',
  'token_expired',
  'identity_invalid',
  'identity_reused',
  'sign_in_failed',
  'sign_in_link_invalid',
  'forbidden',
  'origin_not_allowed',
  'message_refused',
  'form_required',
  'chat_unavailable',
  'not_author',
  'workspace_not_found',
  'conversation_not_found',
  'message_not_found',
  'contact_not_found',
  'file_not_found',
  'agent_not_found',
  'group_not_found',
  'reply_not_found',
  'template_not_found',
  'route_not_found',
  'topic_unknown',
  'event_unknown',
  'email_taken',
  'shortcut_taken',
  'client_id_reused',
  'conversation_ended',
  'mail_not_configured',
  'limit_reached',
  'file_too_large',
  'file_type_refused',
  'too_large',
  'rate_limited',
  'too_many_attempts',
  'internal',
  'unavailable',
  'storage_unavailable',
  'storage_full',
  'connection_lost',
  'timeout',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export function isErrorCode(value: unknown): value is ErrorCode {
  return (errorCodes as readonly unknown[]).includes(value);
}

/** An error as it goes over the wire; `reason` repeats the code for plain Phoenix clients. */
export interface WireError {
  code: ErrorCode;
  message: string;
  reason: string;
  /** When to come back, in ms; without it the refusal is final. */
  retryAfterMs?: number;
}

/** A refusal with a code. Its message is a text for people where it came with one, else the code. */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ErrorCode,
    options: { message?: string; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(options.message ?? code, { cause: options.cause });
    this.name = 'CodedError';
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** The codes that Phoenix itself answers with, as `{reason}`. */
const phoenixReasons = new Map<string, ErrorCode>([
  ['unmatched topic', 'topic_unknown'],
  ['join crashed', 'internal'],
  ['too many channels joined', 'unavailable'],
]);

/** What codes look like. */
const codeShape = /^[a-z]+(_[a-z]+)*$/;

/**
 * Reads an error reply of any Phoenix server; what is no code becomes `internal`. One that only a
 * newer server knows is kept: its text came with it, and no browser carries the list for this.
 */
export function errorFromWire(payload: unknown): CodedError {
  const wire = (typeof payload === 'object' && payload !== null ? payload : {}) as Record<
    string,
    unknown
  >;
  const given = String(wire['code'] ?? wire['reason'] ?? '');
  const code = codeShape.test(given)
    ? (given as ErrorCode)
    : (phoenixReasons.get(given) ?? 'internal');
  return new CodedError(code, {
    ...(typeof wire['message'] === 'string' ? { message: wire['message'] } : {}),
    ...(typeof wire['retryAfterMs'] === 'number' ? { retryAfterMs: wire['retryAfterMs'] } : {}),
  });
}
