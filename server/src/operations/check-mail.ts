import { createSmtpMailer } from '../adapters/mail/smtp.js';
import type { Config } from '../config.js';
import type { Finding } from './doctor.js';

const subject = 'mail';

/** Signs in to the mail server and leaves; nothing is sent. */
export async function checkMail({ mail }: Pick<Config, 'mail'>): Promise<Finding[]> {
  if (mail === null) {
    return [{ level: 'ok', subject, text: 'not set; agents can write no emails' }];
  }
  const { host, port } = mail.server;
  const mailer = createSmtpMailer(mail.server);
  try {
    await mailer.verify();
    return [{ level: 'ok', subject, text: `${host} ${port} takes emails` }];
  } catch (error) {
    // Of the error only what names neither user nor password.
    const { code, responseCode } = error as { code?: string; responseCode?: number };
    const text = `${host} ${port}: ${[code, responseCode].filter(Boolean).join(' ')}.`;
    const fix = 'Check SMTP_URL: host, port, smtp or smtps, user and password.';
    return [{ level: 'fail', subject, text, fix }];
  } finally {
    mailer.close();
  }
}
