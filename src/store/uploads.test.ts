import { expect } from '@open-wc/testing';
import type { Attachment } from '../domain/index.js';
import { CodedError, limits, type ErrorCode } from '../protocol/index.js';
import { createFakeClock, settled } from '../testing/fake-clock.js';
import type { LocalFile } from '../transport/api.js';
import type { Connection } from '../transport/transport.js';
import { createUploads, isUploading, type Uploads } from './uploads.js';

const file = (name: string, size = 10): LocalFile => ({ name, size, type: 'text/plain' });

const attachmentOf = ({ name, size }: LocalFile): Attachment => ({
  id: `at_${name}`,
  name,
  size,
  mediaType: 'text/plain',
  image: null,
});

interface Sending {
  name: string;
  progress(share: number): void;
  done(): void;
  fail(code: ErrorCode): void;
  signal: AbortSignal;
}

/** A server that answers by hand. */
function createBench() {
  const clock = createFakeClock();
  const sending: Sending[] = [];
  let tell: (connection: Connection) => void = () => undefined;
  let listeners = 0;
  const uploads = createUploads({
    clock,
    random: () => 0.5,
    onConnection(listener) {
      tell = listener;
      listeners++;
      return () => listeners--;
    },
    upload: (sent, { onProgress, signal }) =>
      new Promise((resolve, reject) => {
        sending.push({
          name: sent.name,
          progress: onProgress,
          done: () => resolve(attachmentOf(sent)),
          fail: (code) => reject(new CodedError(code)),
          signal,
        });
      }),
  });
  return {
    clock,
    sending,
    uploads,
    listeners: () => listeners,
    online: () => tell({ state: 'online', code: null }),
  };
}

const states = (uploads: Uploads): string[] => uploads.$uploads.get().map(({ state }) => state);
const keyOf = (uploads: Uploads, at = 0): string => uploads.$uploads.get()[at]?.key ?? '';

describe('uploads', () => {
  it('sends three at a time, in the order of choosing', async () => {
    const { uploads, sending } = createBench();
    uploads.add(['a', 'b', 'c', 'd'].map((name) => file(name)));
    expect(states(uploads)).to.deep.equal(['uploading', 'uploading', 'uploading', 'queued']);
    sending[1]?.done();
    await settled();
    expect(states(uploads)).to.deep.equal(['uploading', 'done', 'uploading', 'uploading']);
    expect(sending.map(({ name }) => name)).to.deep.equal(['a', 'b', 'c', 'd']);
  });

  it('tells how far a file has come', () => {
    const { uploads, sending } = createBench();
    uploads.add([file('a')]);
    sending[0]?.progress(0.4);
    expect(uploads.$uploads.get()[0]?.progress).to.equal(0.4);
    expect(isUploading(uploads.$uploads.get())).to.equal(true);
  });

  it('refuses before sending what is empty, too large or too many', () => {
    const { uploads, sending } = createBench();
    uploads.add([file('empty', 0), file('large', limits.fileSize + 1)]);
    expect(uploads.$uploads.get().map(({ error }) => error?.code)).to.deep.equal([
      'file_empty',
      'file_too_large',
    ]);
    expect(sending).to.have.length(0);
    uploads.add(Array.from({ length: 11 }, (_, at) => file(`f${at}`)));
    expect(uploads.$uploads.get()).to.have.length(12);
    expect(uploads.$refusal.get()?.code).to.equal('too_many_files');
  });

  it('keeps the others when one is refused', async () => {
    const { uploads, sending } = createBench();
    uploads.add([file('a'), file('b')]);
    sending[0]?.fail('file_type_refused');
    sending[1]?.done();
    await settled();
    expect(states(uploads)).to.deep.equal(['failed', 'done']);
    expect(uploads.$uploads.get()[0]?.retryable).to.equal(false);
    expect(uploads.take().map(({ id }) => id)).to.deep.equal(['at_b']);
    expect(states(uploads)).to.deep.equal(['failed']);
  });

  for (const code of ['storage_unavailable', 'storage_full', 'token_expired'] as const) {
    it(`lets a person try again after ${code}: the file is not to blame`, async () => {
      const { uploads, sending } = createBench();
      uploads.add([file('a')]);
      sending[0]?.fail(code);
      await settled();
      uploads.retry(keyOf(uploads));
      sending[1]?.done();
      await settled();
      expect(states(uploads)).to.deep.equal(['done']);
    });
  }

  it('tries again when the connection is back, and after a while', async () => {
    const { uploads, sending, online, clock } = createBench();
    uploads.add([file('a')]);
    sending[0]?.fail('connection_lost');
    await settled();
    expect(states(uploads)).to.deep.equal(['failed']);
    online();
    expect(states(uploads)).to.deep.equal(['uploading']);
    sending[1]?.fail('connection_lost');
    await settled();
    await clock.advance(60_000);
    expect(sending).to.have.length(3);
  });

  it('leaves no listener behind, and none for a field that never has a file', () => {
    const { uploads, listeners } = createBench();
    expect(listeners()).to.equal(0);
    uploads.add([file('a')]);
    uploads.add([file('b')]);
    expect(listeners()).to.equal(1);
    uploads.stop();
    expect(listeners()).to.equal(0);
  });

  it('is cancelled, and started anew by hand', async () => {
    const { uploads, sending } = createBench();
    uploads.add([file('a')]);
    uploads.cancel(keyOf(uploads));
    expect(sending[0]?.signal.aborted).to.equal(true);
    expect(states(uploads)).to.deep.equal(['cancelled']);
    uploads.retry(keyOf(uploads));
    sending[0]?.done();
    await settled();
    expect(states(uploads)).to.deep.equal(['uploading']);
    sending[1]?.done();
    await settled();
    expect(states(uploads)).to.deep.equal(['done']);
  });
});
