import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseRedisUrl } from './address.js';

const plain = { cluster: false, tls: false, username: null, password: null, db: 0 };

describe('REDIS_URL', () => {
  it('names a server, with its password and database', () => {
    assert.deepEqual(parseRedisUrl('redis://cache'), {
      ...plain,
      hosts: [{ host: 'cache', port: 6379 }],
    });
    assert.deepEqual(parseRedisUrl('rediss://me:p%40ss%2F@cache.example:6380/2'), {
      hosts: [{ host: 'cache.example', port: 6380 }],
      cluster: false,
      tls: true,
      username: 'me',
      password: 'p@ss/',
      db: 2,
    });
    assert.deepEqual(parseRedisUrl('redis://:secret@[::1]:7000').hosts, [
      { host: '::1', port: 7000 },
    ]);
  });

  it('names a Redis Cluster by several hosts or by its parameter', () => {
    assert.deepEqual(parseRedisUrl('redis://a:7000,b,c:7002'), {
      ...plain,
      cluster: true,
      hosts: [
        { host: 'a', port: 7000 },
        { host: 'b', port: 6379 },
        { host: 'c', port: 7002 },
      ],
    });
    assert.equal(parseRedisUrl('redis://a?cluster=true').cluster, true);
  });

  it('refuses what it does not understand, without repeating the password', () => {
    const wrong = [
      'redis://',
      'redis://:pass@host:99999',
      'redis://:pass@host?tls=1',
      'redis://a,b/3',
      'redis://:%zz@host',
      'redis://host/x',
    ];
    for (const url of wrong) {
      assert.throws(
        () => parseRedisUrl(url),
        ({ name, message }: Error) => name === 'ConfigError' && !message.includes('pass@'),
        url,
      );
    }
  });
});
