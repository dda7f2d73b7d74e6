import type { Mailbox } from './mail-ports.js';

/** Where mail is handed over. */
export interface SmtpServer {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise by STARTTLS where the server offers it. */
  secure: boolean;
  auth: { user: string; pass: string } | null;
}

const address = /^[^\s@<>"',;]+@[^\s@<>"',;.]+(?:\.[^\s@<>"',;.]+)*$/;
const ports = { 'smtp:': 587, 'smtps:': 465 } as const;

/** `smtp://user:password@host:port` or `smtps://…`; null where it is neither. */
export function parseSmtpUrl(text: string): SmtpServer | null {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return null;
  }
  const { protocol, hostname, username, password } = url;
  if (protocol !== 'smtp:' && protocol !== 'smtps:') return null;
  if (hostname === '' || url.search !== '' || url.hash !== '' || !/^\/?$/.test(url.pathname)) {
    return null;
  }
  if ((username === '') !== (password === '')) return null;
  try {
    const user = decodeURIComponent(username);
    return {
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: url.port === '' ? ports[protocol] : Number(url.port),
      secure: protocol === 'smtps:',
      auth: user === '' ? null : { user, pass: decodeURIComponent(password) },
    };
  } catch {
    return null;
  }
}

/** `mail@shop.example`, or `Shop <mail@shop.example>`; null where it is neither. */
export function parseMailbox(text: string): Mailbox | null {
  const [, named, inside] = /^([^<>\r\n]*)<([^<>]+)>$/.exec(text.trim()) ?? [];
  const found = (inside ?? text).trim();
  if (!address.test(found)) return null;
  const name = named?.trim().replace(/^"(.*)"$/, '$1');
  return { name: name ? name : null, address: found };
}

/** As people write it. */
export function formatMailbox({ name, address: mailbox }: Mailbox): string {
  return name === null ? mailbox : `${name} <${mailbox}>`;
}
