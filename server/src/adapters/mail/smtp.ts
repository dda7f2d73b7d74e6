import { createTransport } from 'nodemailer';
import type { SmtpServer } from '../../mail-address.js';
import { NotSent, type Mailbox, type Mailer, type OutgoingEmail } from '../../mail-ports.js';
import { markdownHtml } from './markdown-html.js';

/** Emails that are handed over at a time. */
export const mailConnections = 5;

/** Longer than an agent would read. */
const errorLength = 300;

/** Kinds of files that an email would take apart. */
const nested = /^(?:message|multipart)\//;

/** Hands emails to an SMTP server over a few connections that stay open. */
export function createSmtpMailer({ host, port, secure, auth }: SmtpServer): Mailer {
  const transport = createTransport({
    pool: true,
    maxConnections: mailConnections,
    host,
    port,
    secure,
    // A password goes over no network as it is.
    requireTLS: auth !== null && !secure && !isThisMachine(host),
    ...(auth && { auth }),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 60_000,
    // What agents write never names what the server reads.
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  return {
    async send(email) {
      try {
        await transport.sendMail(mailOf(email));
      } catch (error) {
        throw notSent(error);
      } finally {
        for (const { content } of email.attachments) content.destroy();
      }
    },
    async verify() {
      await transport.verify();
    },
    close: () => transport.close(),
  };
}

function mailOf(email: OutgoingEmail) {
  const references = email.references.map(bracketed);
  const last = references.at(-1);
  return {
    messageId: bracketed(email.messageId),
    date: email.date,
    from: addressOf(email.from),
    to: addressOf(email.to),
    ...(email.replyTo !== null && { replyTo: email.replyTo }),
    subject: headerText(email.subject),
    ...(last !== undefined && { inReplyTo: last, references }),
    text: email.markdown,
    html: markdownHtml(email.markdown),
    attachments: email.attachments.map(({ name, mediaType, content }) => ({
      filename: headerText(name),
      contentType: nested.test(mediaType) ? 'application/octet-stream' : mediaType,
      contentDisposition: 'attachment' as const,
      content,
    })),
  };
}

function bracketed(id: string): string {
  return `<${id}>`;
}

function addressOf({ name, address }: Mailbox): { name: string; address: string } {
  return { name: headerText(name ?? ''), address };
}

/** On one line, and without what turns the direction of the text around it. */
function headerText(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
}

/** Only what was refused by its sender, recipient or content will be refused again. */
function notSent(cause: unknown): NotSent {
  const { code, responseCode, response } = cause as {
    code?: string;
    responseCode?: number;
    response?: string;
  };
  const refused = code === 'EENVELOPE' || code === 'EMESSAGE';
  const isFinal = refused && responseCode !== undefined && responseCode >= 500;
  const words =
    refused && response ? response : `The mail server could not be reached (${code ?? 'unknown'}).`;
  return new NotSent(headerText(words).slice(0, errorLength), { isFinal, cause });
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}
