import { request, type IncomingHttpHeaders } from 'node:http';

export interface UpgradeAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the server answers to a request for an upgrade, a 101 included. */
export function upgrade(
  endpoint: string,
  options: {
    readonly query?: string;
    readonly method?: string;
    readonly headers?: Record<string, string>;
  } = {},
): Promise<UpgradeAnswer> {
  const { query = 'vsn=2.0.0', method = 'GET', headers = {} } = options;
  return new Promise((resolve, reject) => {
    const asking = request(`${endpoint}/websocket?${query}`, {
      method,
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      },
    });
    asking.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: '' });
    });
    asking.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    asking.on('error', reject);
    asking.end();
  });
}
