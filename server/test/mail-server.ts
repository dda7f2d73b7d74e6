import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** Only a failing test waits so long. */
const deadlineMs = 10_000;

export interface Arrived {
  envelope: { from: string; to: string[] };
  raw: string;
  email: Email;
}

/** A refusal in SMTP's words. */
export function refusal(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

export const account = { user: 'mailer@shop', pass: 'a p@ss/word' };

/** A real SMTP server on a free port that keeps what it takes. */
export class MailServer {
  readonly arrived: Arrived[] = [];
  /** Recipients that were asked for, refused ones too. */
  readonly asked: string[] = [];
  /** What it says to a recipient; null takes the mail. */
  answer: (to: string) => Error | null | Promise<Error | null> = () => null;
  /** After the whole mail came, and before it is acknowledged. */
  beforeTaken: (to: string) => Promise<void> = () => Promise.resolve();
  readonly #waiting = new Set<() => void>();
  #server: SMTPServer | null = null;
  #port = 0;

  get port(): number {
    return this.#port;
  }

  /** With a password in it. */
  get url(): string {
    const { user, pass } = account;
    return `smtp://${encodeURIComponent(user)}:${encodeURIComponent(pass)}@127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      disableReverseLookup: true,
      logger: false,
      closeTimeout: 50,
      onAuth: ({ username, password }, _session, callback) => {
        const known = username === account.user && password === account.pass;
        if (known) callback(null, { user: username });
        else callback(refusal(535, 'Who are you?'));
      },
      onRcptTo: ({ address }, _session, callback) => {
        this.asked.push(address);
        void Promise.resolve(this.answer(address)).then((error) => callback(error));
      },
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          const envelope = {
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
          };
          void this.#take(Buffer.concat(chunks), envelope).then(() => callback(null));
        });
      },
    });
    // A client that is cut is no fault of the server's.
    server.on('error', () => undefined);
    server.listen(this.#port, '127.0.0.1');
    await once(server.server, 'listening');
    this.#port = (server.server.address() as AddressInfo).port;
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    for (const connection of server.connections as Set<{ close(): void }>) connection.close();
    await new Promise<void>((resolve) => server.close(resolve));
  }

  /** Resolves once so many arrived. */
  async has(count: number): Promise<Arrived[]> {
    await this.#until(() => this.arrived.length >= count, `${count} emails`);
    return this.arrived;
  }

  /** Resolves once a recipient was asked for so often. */
  async wasAsked(address: string, times = 1): Promise<void> {
    const count = () => this.asked.filter((asked) => asked === address).length;
    await this.#until(() => count() >= times, `${times} tries for ${address}`);
  }

  /** The last one to an address. */
  async to(address: string): Promise<Arrived> {
    const find = () => this.arrived.findLast(({ envelope }) => envelope.to.includes(address));
    await this.#until(() => find() !== undefined, `an email to ${address}`);
    return find() as Arrived;
  }

  async #take(content: Buffer, envelope: Arrived['envelope']): Promise<void> {
    const email = await PostalMime.parse(content);
    this.arrived.push({ envelope, raw: content.toString('latin1'), email });
    for (const look of this.#waiting) look();
    await this.beforeTaken(envelope.to[0] ?? '');
  }

  #until(isSo: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(late);
        clearInterval(timer);
        this.#waiting.delete(look);
      };
      const look = (): void => {
        if (!isSo()) return;
        done();
        resolve();
      };
      const late = setTimeout(() => {
        done();
        reject(new Error(`${what} did not come, but ${this.asked.join(', ')}`));
      }, deadlineMs);
      const timer = setInterval(look, 10);
      this.#waiting.add(look);
      look();
    });
  }
}
