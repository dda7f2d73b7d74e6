import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type * as p from '#kit/protocol/payloads.js';
import { ConfigError } from '../src/config.js';
import { openPlaces, plainAddress } from '../src/places.js';
import { startFixture, type Fixture } from './app-fixture.js';
import { placeDatabase } from './place-database.js';
import { RawSocket } from './raw-socket.js';
import { Browser } from './security-fixture.js';

describe('where a visitor comes from', () => {
  let folder: string;
  let file: string;
  let fixture: Fixture;
  let ann: RawSocket;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convkit-places-'));
    file = join(folder, 'city.mmdb');
    const record = {
      country: { iso_code: 'SE', names: { en: 'Sweden' } },
      city: { names: { en: 'Malmö', sv: 'Malmö' } },
    };
    await writeFile(file, placeDatabase([198, 51], record));
    fixture = await startFixture({ environment: { TRUST_PROXY: '1', GEOIP_FILE: file } });
    ann = await RawSocket.open(fixture.url, await fixture.agentToken());
  });
  after(async () => {
    await ann.close();
    await fixture.close();
    await rm(folder, { recursive: true });
  });

  const visitFrom = async (forwarded: string) => {
    const browser = new Browser(fixture, {
      'x-forwarded-for': forwarded,
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    });
    const { conversationId } = await browser.write('Hello');
    const { socket, topic } = await browser.join();
    const see = (url: string) =>
      socket.push(topic, 'page:view', {
        url,
        title: 'Shop',
        referrer: 'https://search.example/',
        language: 'sv-SE',
        timeZone: 'Europe/Stockholm',
      });
    await see('https://shop.example/');
    fixture.clock.advance(1_000);
    await see('https://shop.example/chairs');
    const thread = `conversation:${conversationId}`;
    const { visit } = await ann.join<p.ConversationJoined>(thread);
    assert.ok(visit);
    const frames = socket.frames.join('\n');
    await socket.close();
    return { visit, frames };
  };

  it('S3.34 agents see address, country and city beside browser, system and pages', async () => {
    const { visit, frames } = await visitFrom('203.0.113.1, 198.51.100.7');
    assert.deepEqual([visit.ip, visit.country, visit.city], ['198.51.100.7', 'SE', 'Malmö']);
    assert.match(`${visit.browser} ${visit.system}`, /Firefox.*Linux/);
    assert.deepEqual(
      [visit.language, visit.referrer, visit.timeZone],
      ['sv-SE', 'https://search.example/', 'Europe/Stockholm'],
    );
    const now = fixture.clock.now();
    assert.deepEqual(visit.pages, [
      { url: 'https://shop.example/', title: 'Shop', at: now - 1_000 },
      { url: 'https://shop.example/chairs', title: 'Shop', at: now },
    ]);
    // The visitor is told nothing of it.
    assert.doesNotMatch(frames, /198\.51|Malmö|"ip"|"country"/);
  });

  it('an address that nobody knows is an address, and no place', async () => {
    const { visit } = await visitFrom('2001:db8::7');
    assert.deepEqual([visit.ip, visit.country, visit.city], ['2001:db8::7', null, null]);
    assert.equal(plainAddress('::ffff:198.51.100.7'), '198.51.100.7');
    assert.equal(plainAddress('fe80::1%eth0'), 'fe80::1');
  });

  it('a file that is none is refused at the start, and none is needed', async () => {
    const isRefused = (error: unknown) =>
      error instanceof ConfigError && error.message.startsWith('GEOIP_FILE');
    await assert.rejects(openPlaces(join(folder, 'missing.mmdb')), isRefused);
    await writeFile(join(folder, 'text.mmdb'), 'no database');
    await assert.rejects(openPlaces(join(folder, 'text.mmdb')), isRefused);
    assert.deepEqual((await openPlaces(null))('198.51.100.7'), { country: null, city: null });
  });
});
