import { expect } from '@open-wc/testing';
import {
  CodedError,
  errorCodes,
  errorEntry,
  errorFromWire,
  events,
  parseTopic,
  toWireError,
  topics,
} from './index.js';
import { contract } from './schema-index.js';

describe('topics', () => {
  it('are read back as they were written', () => {
    expect(parseTopic(topics.visitor('ct_1'))).to.deep.equal({ kind: 'visitor', id: 'ct_1' });
    expect(parseTopic('inbox:a:b')).to.deep.equal({ kind: 'inbox', id: 'a:b' });
    for (const bad of ['', 'inbox', 'inbox:', ':x', 'other:x', 'constructor:x']) {
      expect(parseTopic(bad), bad).to.equal(null);
    }
  });
});

describe('errors', () => {
  it('survive the wire', () => {
    const error = errorFromWire(toWireError(new CodedError('rate_limited', { retryAfterMs: 5 })));
    expect([error.code, error.retryAfterMs]).to.deep.equal(['rate_limited', 5]);
    expect(error.message).to.equal(errorEntry('rate_limited').message);
  });

  it('of plain Phoenix servers are mapped', () => {
    expect(errorFromWire({ reason: 'unmatched topic' }).code).to.equal('topic_unknown');
    expect(errorFromWire({ reason: 'forbidden' }).code).to.equal('forbidden');
    expect(errorFromWire({ code: 'from_tomorrow', message: 'So.' }).message).to.equal('So.');
    for (const odd of [null, undefined, 'x', 7, {}, { reason: 'toString' }]) {
      expect(errorFromWire(odd).code).to.equal('internal');
    }
  });

  it('say what to do, in a sentence', () => {
    for (const code of errorCodes) {
      expect(errorEntry(code).message, code).to.match(/^[A-Z].*\.$/);
      expect(errorEntry(code).status, code).to.be.within(400, 599);
    }
  });
});

describe('contract', () => {
  it('uses every event name, and no other', () => {
    const used = new Set(
      Object.values(contract).flatMap((topic) => [
        ...Object.keys(topic.client),
        ...Object.keys(topic.server),
      ]),
    );
    expect([...used].sort()).to.deep.equal(Object.values(events).sort());
  });
});
