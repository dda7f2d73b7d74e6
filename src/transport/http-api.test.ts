import { expect } from '@open-wc/testing';
import { CodedError } from '../protocol/index.js';
import { createHttpApi, type Fetch } from './http-api.js';

type Request = { url: string } & Parameters<Fetch>[1];

/** Answers each request alike, and keeps them. */
function createServer(status: number, body: unknown): { requests: Request[]; fetch: Fetch } {
  const requests: Request[] = [];
  return {
    requests,
    async fetch(url, init) {
      requests.push({ url, ...init });
      return {
        ok: status < 400,
        status,
        json: () =>
          body === undefined ? Promise.reject(new Error('no JSON')) : Promise.resolve(body),
      };
    },
  };
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'done',
    (error: unknown) => (error instanceof CodedError ? error.code : `not coded: ${String(error)}`),
  );
}

describe('HTTP api', () => {
  const server = 'https://chat.example/';

  it('asks for the configuration without cookies', async () => {
    const { fetch, requests } = createServer(200, {});
    await createHttpApi({ server, fetch }).config('ws 1');

    expect(requests[0]?.url).to.equal('https://chat.example/v1/config?workspace=ws%201');
    expect(requests[0]?.method).to.equal('GET');
    expect(requests[0]?.credentials).to.equal('omit');
  });

  it('sends the visitor token in the body, never in the address', async () => {
    const { fetch, requests } = createServer(200, {});
    await createHttpApi({ server, fetch }).visitorToken({ workspaceId: 'ws', visitorToken: 'vt' });

    expect(requests[0]?.url).to.equal('https://chat.example/v1/visitor/token');
    expect(requests[0]?.body).to.equal('{"workspaceId":"ws","visitorToken":"vt"}');
    expect(requests[0]?.credentials).to.equal('omit');
  });

  it('takes an agent token by the session, or by the host’s token without it', async () => {
    const { fetch, requests } = createServer(200, {});
    const api = createHttpApi({ server, fetch });
    await api.agentToken();
    await api.agentToken({ hostToken: 'jwt' });

    expect(requests.map(({ credentials }) => credentials)).to.deep.equal(['same-origin', 'omit']);
    expect(requests[1]?.headers).to.deep.equal({ authorization: 'Bearer jwt' });
  });

  it('rejects with the code of the body', async () => {
    const { fetch } = createServer(401, { code: 'sign_in_failed', message: 'No.', reason: 'x' });
    expect(await codeOf(createHttpApi({ server, fetch }).signIn('a@b.c', 'pw'))).to.equal(
      'sign_in_failed',
    );
  });

  it('makes a code of the status where a proxy answers', async () => {
    const cases = [
      [502, 'unavailable'],
      [429, 'rate_limited'],
      [413, 'too_large'],
      [403, 'forbidden'],
      [418, 'internal'],
    ] as const;
    for (const [status, code] of cases) {
      const { fetch } = createServer(status, undefined);
      expect(await codeOf(createHttpApi({ server, fetch }).session())).to.equal(code);
    }
  });

  it('takes an answer without a body for done', async () => {
    const { fetch } = createServer(204, undefined);
    expect(await codeOf(createHttpApi({ server, fetch }).signOut())).to.equal('done');
  });

  it('tells a lost connection from an answer that did not come', async () => {
    const failing: Fetch = () => Promise.reject(new TypeError('Failed to fetch'));
    const hanging: Fetch = (_url, { signal }) =>
      new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(new Error('abort'))),
      );

    expect(await codeOf(createHttpApi({ server, fetch: failing }).session())).to.equal(
      'connection_lost',
    );
    expect(
      await codeOf(createHttpApi({ server, fetch: hanging, timeoutMs: 10 }).session()),
    ).to.equal('timeout');
  });

  it('rejects with the reason of an abort', async () => {
    const hanging: Fetch = (_url, { signal }) =>
      new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(new Error('abort'))),
      );
    const abort = new AbortController();
    const call = createHttpApi({ server, fetch: hanging }).config('ws', { signal: abort.signal });
    abort.abort('gone');

    expect(await call.catch((error: unknown) => error)).to.equal('gone');
  });
});
