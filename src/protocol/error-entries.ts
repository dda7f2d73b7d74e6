import type { CodedError, ErrorCode, WireError } from './errors.js';
import { fileErrors } from './file-errors.js';
import { localErrors } from './refusal-errors.js';
import { wireOf } from './wire-error.js';

interface ErrorEntry {
  /** English, says what to do. Locales translate it under `error.<code>`. */
  message: string;
  /** HTTP status of the same refusal over HTTP. */
  status: number;
}

const entries: Record<ErrorCode, ErrorEntry> = {
  invalid_payload: {
    status: 400,
    message: 'The request does not have the expected shape. Check it against docs/protocol.md.',
  },
  invalid_email: {
    status: 400,
    message: 'This is not an email address. Check it for typing errors.',
  },
  message_empty: { status: 400, message: 'A message needs some text. Write something first.' },
  message_too_long: {
    status: 400,
    message: localErrors.message_too_long,
  },
  password_too_short: { status: 400, message: 'Choose a password of at least 10 characters.' },
  file_empty: { status: 400, message: fileErrors.file_empty },
  file_damaged: {
    status: 400,
    message: 'This picture cannot be read or is too large to show. Choose another one.',
  },
  file_incomplete: { status: 400, message: 'The file did not arrive whole. Send it again.' },
  too_many_files: {
    status: 400,
    message: fileErrors.too_many_files,
  },
  unauthorized: { status: 401, message: 'Sign in first.' },
  token_invalid: { status: 401, message: 'The token is not valid here. Ask for a new one.' },
  token_expired: { status: 401, message: localErrors.token_expired },
  identity_invalid: {
    status: 401,
    message: 'This identity was not signed for this workspace. Sign it with one of its secrets.',
  },
  identity_reused: {
    status: 401,
    message: 'This identity token was used already. Sign a new one for each visit.',
  },
  sign_in_failed: { status: 401, message: 'Email and password do not match. Try again.' },
  sign_in_link_invalid: {
    status: 401,
    message:
      'This sign-in link was used or has expired. The command convkit-server sign-in-link prints a new one.',
  },
  forbidden: {
    status: 403,
    message: 'You may not do this. Ask an owner or admin of the workspace.',
  },
  form_required: {
    status: 403,
    message: 'Answer the questions above first.',
  },
  origin_not_allowed: {
    status: 403,
    message: 'This website is not on the workspace’s list of allowed origins. Add it there.',
  },
  message_refused: { status: 403, message: 'This message cannot be delivered.' },
  chat_unavailable: { status: 403, message: 'Chat is not available here.' },
  not_author: { status: 403, message: 'Only its author can change a message.' },
  workspace_not_found: {
    status: 404,
    message: 'There is no such workspace. Check the workspace id on the element.',
  },
  conversation_not_found: {
    status: 404,
    message: 'There is no such conversation. It may have been deleted.',
  },
  message_not_found: {
    status: 404,
    message: 'There is no such message. It may have been deleted.',
  },
  contact_not_found: {
    status: 404,
    message: 'There is no such contact. It may have been deleted.',
  },
  file_not_found: { status: 404, message: 'There is no such file. It may have been deleted.' },
  agent_not_found: { status: 404, message: 'There is no such agent in this workspace.' },
  group_not_found: { status: 404, message: 'There is no such group. It may have been deleted.' },
  reply_not_found: {
    status: 404,
    message: 'There is no such saved reply. It may have been deleted.',
  },
  template_not_found: {
    status: 404,
    message: 'There is no such email template. It may have been deleted.',
  },
  route_not_found: { status: 404, message: 'There is nothing at this address.' },
  topic_unknown: {
    status: 404,
    message: 'There is no such topic. Check it against docs/protocol.md.',
  },
  event_unknown: {
    status: 404,
    message: 'This topic does not know this event. Check it against docs/protocol.md.',
  },
  shortcut_taken: {
    status: 409,
    message: 'Another saved reply has this shortcut. Choose another one.',
  },
  email_taken: { status: 409, message: 'Another agent uses this email. Use another one.' },
  client_id_reused: {
    status: 409,
    message: 'This clientId already names another message. Make a new one for each message.',
  },
  conversation_ended: {
    status: 409,
    message: 'This is an earlier conversation: it can be read, and changed no more.',
  },
  mail_not_configured: {
    status: 409,
    message: 'This server sends no email yet. Whoever runs it turns it on with SMTP_URL.',
  },
  limit_reached: {
    status: 409,
    message: 'There are as many as a workspace may have. Delete one first.',
  },
  file_too_large: { status: 413, message: fileErrors.file_too_large },
  file_type_refused: {
    status: 415,
    message: 'Files of this type are not accepted. Choose another one.',
  },
  too_large: { status: 413, message: 'This is too large. Send less at once.' },
  rate_limited: { status: 429, message: localErrors.rate_limited },
  too_many_attempts: { status: 429, message: 'Too many failed attempts. Wait, then try again.' },
  internal: { status: 500, message: localErrors.internal },
  unavailable: { status: 503, message: localErrors.unavailable },
  storage_unavailable: {
    status: 503,
    message: 'Files cannot be stored at the moment. Try again in a while.',
  },
  storage_full: {
    status: 507,
    message: 'The server has no room for more files. Tell whoever runs it.',
  },
  connection_lost: { status: 503, message: localErrors.connection_lost },
  timeout: { status: 504, message: localErrors.timeout },
};

/** English message and HTTP status of a code. */
export function errorEntry(code: ErrorCode): ErrorEntry {
  return entries[code];
}

/** A refusal as it goes over the wire, with the text of its own or that of its code. */
export function toWireError(error: CodedError): WireError {
  const wire = wireOf(error);
  return wire.message === wire.code ? { ...wire, message: entries[wire.code].message } : wire;
}
