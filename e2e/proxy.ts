import { createServer, request, type IncomingMessage, type Server as HttpServer } from 'node:http';
import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** What stands between a browser and the server: it counts, cuts, goes deaf, and refuses. */
export class Proxy {
  /** Refuses WebSockets, as some companies' proxies do. */
  refusesUpgrades = false;
  /** `POST /v1/visitor/token` and the like, without what the page itself consists of. */
  readonly requests: string[] = [];
  /** WebSockets opened so far. */
  opened = 0;
  readonly #http: HttpServer;
  readonly #target: URL;
  readonly #connections = new Set<Socket>();
  readonly #webSockets = new Set<Socket>();
  readonly #deaf = new Set<Socket>();

  private constructor(http: HttpServer, target: URL) {
    this.#http = http;
    this.#target = target;
    http.on('connection', (socket: Socket) => this.#keep(this.#connections, socket));
    http.on('upgrade', (incoming, socket: Socket, head: Buffer) => {
      this.#upgrade(incoming, socket, head);
    });
    http.on('request', (incoming, outgoing) => {
      if (/^\/(?:v1\/\w+\/\w+$|socket)/.test(incoming.url ?? '')) {
        this.requests.push(`${incoming.method ?? ''} ${(incoming.url ?? '').split('?')[0] ?? ''}`);
      }
      const { hostname, port } = this.#target;
      const { method, url, headers } = incoming;
      const forwarded = request({ hostname, port, method, path: url, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      forwarded.on('error', () => outgoing.destroy());
      outgoing.on('close', () => forwarded.destroy());
      incoming.pipe(forwarded);
    });
  }

  static async start(target: string): Promise<Proxy> {
    const http = createServer();
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    return new Proxy(http, new URL(target));
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** WebSockets that are open now. */
  get webSockets(): number {
    return this.#webSockets.size;
  }

  /** Ends every connection. */
  cut(): void {
    for (const connection of this.#connections) connection.destroy();
  }

  /** The connections of now carry nothing any more, and are not closed: a machine fell asleep. */
  goDeaf(): void {
    for (const connection of this.#connections) this.#deaf.add(connection);
  }

  async stop(): Promise<void> {
    const closed = once(this.#http, 'close');
    this.#http.close();
    this.cut();
    await closed;
  }

  #keep(set: Set<Socket>, socket: Socket): void {
    set.add(socket);
    socket.once('close', () => set.delete(socket));
    socket.on('error', () => socket.destroy());
  }

  #upgrade({ method, url, rawHeaders }: IncomingMessage, socket: Socket, head: Buffer): void {
    if (this.refusesUpgrades) {
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    this.opened++;
    this.#keep(this.#webSockets, socket);
    const server = connect(Number(this.#target.port), this.#target.hostname);
    this.#keep(this.#connections, server);
    const pairs = rawHeaders.flatMap((text, index) =>
      index % 2 === 0 ? [`${text}: ${rawHeaders[index + 1] ?? ''}`] : [],
    );
    server.write(`${[`${method ?? ''} ${url ?? ''} HTTP/1.1`, ...pairs].join('\r\n')}\r\n\r\n`);
    server.write(head);
    const carry = (from: Socket, to: Socket): void => {
      from.on('data', (part) => {
        if (!this.#deaf.has(socket)) to.write(part);
      });
      from.on('close', () => {
        if (!this.#deaf.has(socket)) to.destroy();
      });
    };
    carry(socket, server);
    carry(server, socket);
  }
}
