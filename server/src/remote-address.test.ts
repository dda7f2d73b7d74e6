import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';
import { createRemoteAddress, networkOf } from './remote-address.js';

const request = {
  socket: { remoteAddress: '10.0.0.2' },
  headers: { 'x-forwarded-for': '203.0.113.7, 10.0.0.1' },
} as unknown as IncomingMessage;

describe('the client’s address', () => {
  it('is the proxy’s own unless it is trusted, and only as far as it is', () => {
    assert.equal(createRemoteAddress(false)(request), '10.0.0.2');
    assert.equal(createRemoteAddress(true)(request), '203.0.113.7');
    assert.equal(createRemoteAddress(1)(request), '10.0.0.1');
    assert.equal(createRemoteAddress('10.0.0.0/8')(request), '203.0.113.7');
  });

  it('is limited by its network', () => {
    assert.equal(networkOf('203.0.113.7'), '203.0.113.7');
    assert.equal(networkOf('::ffff:203.0.113.7'), '203.0.113.7');
    assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2');
    assert.equal(networkOf('2001:db8::6'), '2001:db8:0:0');
    assert.equal(networkOf('::1'), '0:0:0:0');
  });
});
