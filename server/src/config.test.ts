import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { ConfigError, readConfig, variableNames } from './config.js';
import { defaultLimits } from './rate-limits.js';

describe('configuration', () => {
  it('has a default for everything', () => {
    assert.deepEqual(readConfig({ PORT: ' ' }, '/work'), {
      port: 4000,
      host: '127.0.0.1',
      dataDir: '/work/.convkit',
      databaseUrl: null,
      redisUrl: null,
      files: { type: 'disk', dir: '/work/.convkit/files' },
      mail: null,
      geoipFile: null,
      drainMs: 200,
      metricsToken: null,
      publicUrl: null,
      trustProxy: false,
      secret: null,
      limits: defaultLimits,
      logLevel: 'info',
      publicDir: null,
    });
  });

  it('has every variable on its page', async () => {
    const page = new URL('../../docs/guides/configuration.md', import.meta.url);
    const [table = ''] = (await readFile(page, 'utf8')).split('\n## ');
    const told = new Set(table.match(/`[A-Z][A-Z0-9_]+`/g));
    assert.deepEqual(
      variableNames.filter((name) => !told.has(`\`${name}\``)),
      [],
    );
  });

  it('reads what is set', () => {
    const config = readConfig({
      PORT: '0',
      HOST: '0.0.0.0',
      PUBLIC_URL: 'https://chat.example/',
      TRUST_PROXY: '2',
      LIMITS: 'joinsPerMinute=7,signInAttempts=3',
      LOG_LEVEL: 'debug',
    });
    assert.equal(config.port, 0);
    assert.equal(config.publicUrl, 'https://chat.example');
    assert.equal(config.trustProxy, 2);
    assert.deepEqual(config.limits, { ...defaultLimits, joinsPerMinute: 7, signInAttempts: 3 });
    assert.equal(
      readConfig({ TRUST_PROXY: '10.0.0.0/8, loopback' }).trustProxy,
      '10.0.0.0/8, loopback',
    );
  });

  const wrong: [name: string, value: string, fix: RegExp][] = [
    ['PORT', '65536', /port from 0/],
    ['PORT', '80a', /port from 0/],
    ['HOST', 'http://x', /address of this machine/],
    ['DATABASE_URL', 'mysql://x', /postgres:\/\/user/],
    ['REDIS_URL', 'http://127.0.0.1', /redis:\/\/host/],
    ['S3_ENDPOINT', 'https://bucket.host', /bucket in its path/],
    ['SMTP_URL', 'mail.shop.example:25', /smtp:\/\/user:password@host/],
    ['SMTP_URL', 'smtp://user@mail.shop.example', /smtp:\/\/user:password@host/],
    ['SMTP_URL', 'smtp://mail.shop.example/?tls=off', /smtp:\/\/user:password@host/],
    ['DRAIN_MS', '5s', /milliseconds/],
    ['METRICS_TOKEN', 'short', /16 random characters/],
    ['PUBLIC_URL', 'chat.host', /origin without a path/],
    ['PUBLIC_URL', 'https://chat.example/chat', /origin without a path/],
    ['PUBLIC_URL', 'https://chat.example:99999', /origin without a path/],
    ['PUBLIC_URL', 'https://a:b@chat.example', /origin without a path/],
    ['TRUST_PROXY', 'everybody', /number of proxies/],
    ['SECRET', 'short', /32 random characters/],
    ['LIMITS', 'httpPerMinute=0', /name=number/],
    ['LIMITS', 'nothing=1', /Known are httpPerMinute/],
    ['LOG_LEVEL', 'loud', /fatal, error/],
  ];
  for (const [name, value, fix] of wrong) {
    it(`names ${name} and the fix when it is ${value}, and not the value`, () => {
      assert.throws(
        () => readConfig({ [name]: value }),
        (error) =>
          error instanceof ConfigError &&
          error.message.startsWith(name) &&
          fix.test(error.message) &&
          (name === 'LIMITS' || !error.message.includes(value)),
      );
    });
  }

  it('asks for SECRET with DATABASE_URL', () => {
    const DATABASE_URL = 'postgres://convkit@127.0.0.1/convkit';
    assert.throws(() => readConfig({ DATABASE_URL }), /SECRET is required with DATABASE_URL/);
    assert.equal(readConfig({ DATABASE_URL, SECRET: 'x'.repeat(32) }).databaseUrl, DATABASE_URL);
  });

  it('asks for one database and one place for files with REDIS_URL', () => {
    const shared = { REDIS_URL: 'redis://127.0.0.1', SECRET: 'x'.repeat(32) };
    assert.throws(() => readConfig(shared), /DATABASE_URL is required with REDIS_URL/);
    const joined = { ...shared, DATABASE_URL: 'postgres://convkit@127.0.0.1/convkit' };
    assert.throws(() => readConfig(joined), /FILES_DIR or S3_ENDPOINT is required with REDIS_URL/);
    const { files } = readConfig({ ...joined, FILES_DIR: 'shared' }, '/work');
    assert.deepEqual(files, { type: 'disk', dir: '/work/shared' });
  });

  it('asks for a mail server and a sender together, and repeats no password', () => {
    const SMTP_URL = 'smtps://mailer%40shop:p%40ss%2Fword@mail.shop.example:2465';
    assert.throws(() => readConfig({ SMTP_URL }), /^ConfigError: MAIL_FROM is required/);
    const MAIL_FROM = '"Shop, Support" <mail@shop.example>';
    assert.throws(() => readConfig({ MAIL_FROM }), /^ConfigError: SMTP_URL is required/);
    assert.deepEqual(readConfig({ SMTP_URL, MAIL_FROM }).mail, {
      server: {
        host: 'mail.shop.example',
        port: 2465,
        secure: true,
        auth: { user: 'mailer@shop', pass: 'p@ss/word' },
      },
      from: { name: 'Shop, Support', address: 'mail@shop.example' },
    });
    const plain = readConfig({ SMTP_URL: 'smtp://[::1]', MAIL_FROM: 'mail@shop.example' }).mail;
    assert.deepEqual(plain, {
      server: { host: '::1', port: 587, secure: false, auth: null },
      from: { name: null, address: 'mail@shop.example' },
    });
    for (const wrong of ['Shop', 'Shop <mail>', 'a@b, c@d', 'Shop <mail@shop.example> x']) {
      assert.throws(() => readConfig({ SMTP_URL, MAIL_FROM: wrong }), /^ConfigError: MAIL_FROM/);
    }
    const broken = { SMTP_URL: 'smtp://me:SECRETWORD@host/path', MAIL_FROM };
    assert.throws(
      () => readConfig(broken),
      (error) => error instanceof ConfigError && !error.message.includes('SECRETWORD'),
    );
  });

  it('keeps files in a bucket or in a folder', () => {
    const bucket = { S3_ENDPOINT: 'https://s3.example/files' };
    assert.throws(() => readConfig(bucket), /S3_ACCESS_KEY_ID is required with S3_ENDPOINT/);
    const whole = { ...bucket, S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'key' };
    assert.deepEqual(readConfig(whole).files, {
      type: 's3',
      endpoint: 'https://s3.example/files',
      region: 'us-east-1',
      accessKeyId: 'id',
      secretAccessKey: 'key',
    });
    assert.throws(() => readConfig({ ...whole, FILES_DIR: 'here' }), /both set. Unset one/);
  });
});
