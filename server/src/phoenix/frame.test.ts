import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  decodeBinary,
  decodeText,
  encodeBroadcast,
  encodeEnd,
  encodePush,
  encodeReply,
  FrameError,
} from './frame.js';
import { SharedFrame } from './shared-frame.js';

describe('frames', () => {
  test('a text frame is taken apart, whatever its payload', () => {
    for (const payload of [{}, { a: [1] }, [], 'text', 0, null, true]) {
      assert.deepEqual(decodeText(JSON.stringify(['1', '2', 'room:1', 'echo', payload])), {
        joinRef: '1',
        ref: '2',
        topic: 'room:1',
        event: 'echo',
        payload,
      });
    }
    assert.equal(decodeText('[null,null,"t","e",{},"more"]').joinRef, null);
    assert.equal(decodeText('[1,2,"t","e",{}]').ref, 2);
  });

  test('what is no frame is refused', () => {
    for (const text of [
      '',
      'null',
      '{}',
      '[]',
      '[null,null,"t","e"]',
      '[null,null,1,"e",{}]',
      '[null,null,"t",null,{}]',
      '[{},null,"t","e",{}]',
      '[null,true,"t","e",{}]',
      '[null,null,"t","e",{}',
    ]) {
      assert.throws(() => decodeText(text), FrameError, text);
    }
    for (const bytes of [[], [0], [0, 0, 0, 0], [1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [255]]) {
      assert.throws(() => decodeBinary(Buffer.from(bytes)), FrameError, String(bytes));
    }
  });

  test('a binary push is taken apart, with empty refs as null', () => {
    const names = ['', '', 'tüpic', 'e'].map((name) => Buffer.from(name));
    const bytes = Buffer.concat([
      Buffer.from([0, ...names.map((name) => name.length)]),
      ...names,
      Buffer.from([0, 255]),
    ]);
    assert.deepEqual(decodeBinary(bytes), {
      joinRef: null,
      ref: null,
      topic: 'tüpic',
      event: 'e',
      payload: Buffer.from([0, 255]),
    });
  });

  test('frames from the server have their places', () => {
    assert.equal(encodePush('1', 't', 'e', { a: 1 }), '["1",null,"t","e",{"a":1}]');
    assert.equal(
      encodeReply('1', '2', 't', 'error', { reason: 'no' }),
      '["1","2","t","phx_reply",{"status":"error","response":{"reason":"no"}}]',
    );
    assert.equal(encodeBroadcast('t', 'e', {}), '[null,null,"t","e",{}]');
    assert.equal(encodeEnd('1', 't', 'phx_close'), '["1","1","t","phx_close",{}]');
    assert.deepEqual(
      encodePush('12', 't', 'ev', new Uint8Array([9])),
      Buffer.from([0, 2, 1, 2, 49, 50, 116, 101, 118, 9]),
    );
    assert.deepEqual(
      encodeReply('1', '2', 't', 'ok', new Uint8Array([9])),
      Buffer.from([1, 1, 1, 1, 2, 49, 50, 116, 111, 107, 9]),
    );
    assert.deepEqual(
      encodeBroadcast('t', 'ev', new Uint8Array([9])),
      Buffer.from([2, 1, 2, 116, 101, 118, 9]),
    );
  });

  test('a name over 255 bytes cannot be sent in a binary frame', () => {
    assert.doesNotThrow(() => encodeBroadcast('x'.repeat(255), 'e', Buffer.alloc(1)));
    assert.throws(() => encodeBroadcast('ü'.repeat(128), 'e', Buffer.alloc(1)), RangeError);
  });

  test('a shared frame is wrapped once, with the length that its size needs', () => {
    for (const [size, header] of [
      [125, [0x81, 125]],
      [126, [0x81, 126, 0, 126]],
      [65_535, [0x81, 126, 255, 255]],
      [65_536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
    ] as const) {
      const shared = new SharedFrame('x'.repeat(size));
      assert.deepEqual([...shared.wire.subarray(0, header.length)], header);
      assert.equal(shared.wire.length, header.length + size);
      assert.equal(shared.wire, shared.wire);
    }
    assert.deepEqual(new SharedFrame(Buffer.from([7])).wire, Buffer.from([0x82, 1, 7]));
  });
});
