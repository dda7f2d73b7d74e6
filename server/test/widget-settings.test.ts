import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { defaultLook } from '#kit/domain/widget-look.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { PublicConfig } from '#kit/protocol/http.js';
import type * as p from '#kit/protocol/payloads.js';
import { readTask } from '../src/command-line.js';
import { runCommand } from '../src/run-command.js';
import { startFixture, type Fixture } from './app-fixture.js';
import { call } from './security-fixture.js';
import { form, widgetScenes, type Scene } from './widget-scene.js';

const target = {
  id: 'help',
  active: true,
  when: 'either',
  match: 'all',
  conditions: [{ type: 'country', any: ['SE'] }],
  action: { type: 'open' },
  repeat: 'once',
};

describe('settings of widgets', () => {
  let fixture: Fixture;
  const { scene, close } = widgetScenes(() => fixture);

  before(async () => {
    fixture = await startFixture();
  });
  after(async () => {
    await close();
    await fixture.close();
  });

  const set = ({ workspace, ports }: Scene, name: string, value: unknown) => {
    const task = readTask('settings', ['set', workspace.id, name, JSON.stringify(value)]);
    assert.ok(task.type === 'command');
    return runCommand(ports, task.command, fixture.url);
  };
  const configOf = async ({ workspace }: Scene) => {
    const { body } = await call(fixture, 'GET', `/v1/config?workspace=${workspace.id}`);
    return body as unknown as PublicConfig;
  };

  it('are set by the command line, and reach widgets that are open and those to come', async () => {
    const shop = await scene();
    const page = await shop.visitor();
    const values: [string, unknown][] = [
      ['look', { position: 'lb', colors: { buttonBg: '#0b5fff' } }],
      [
        'texts',
        { en: { greeting: 'Hi!' }, 'pt-BR': { greeting: 'Oi!', available: 'Estamos aqui' } },
      ],
      ['form', form],
      ['targeted', [target, { ...target, id: 'draft', active: false }]],
      ['askRating', false],
    ];
    for (const [name, value] of values) await set(shop, name, value);
    const version = 1 + values.length;
    const told = await page.next<p.SettingsChanged>(
      'settings',
      ({ settings }) => settings.version === version,
    );
    const look = {
      ...defaultLook,
      position: 'lb',
      colors: { ...defaultLook.colors, buttonBg: '#0b5fff' },
    };
    const { settings, country } = await configOf(shop);
    const expected = { ...Object.fromEntries(values), look, targeted: [target], version };
    assert.deepEqual(settings, { ...settings, ...expected });
    assert.deepEqual(told.settings, settings);
    assert.equal(country, null);
  });

  it('a look is put on the one there was; null is the kit’s own', async () => {
    const shop = await scene();
    await set(shop, 'look', { position: 'lb', colors: { buttonBg: '#0b5fff' } });
    await set(shop, 'look', { sound: false, colors: { chatBg: '#ffffff' } });
    await set(shop, 'look', { colors: { chatBg: null } });
    const { look } = (await configOf(shop)).settings;
    assert.deepEqual(look, {
      ...defaultLook,
      position: 'lb',
      sound: false,
      colors: { ...defaultLook.colors, buttonBg: '#0b5fff' },
    });
    await set(shop, 'look', null);
    assert.deepEqual((await configOf(shop)).settings.look, defaultLook);
  });

  it('names of questions are kept as attributes are', async () => {
    const shop = await scene();
    const labels = { en: 'Order' };
    const fields = [{ key: '  Order \n number', labels, required: false }];
    await set(shop, 'form', { ...form, fields });
    const kept = (await configOf(shop)).settings.form?.fields;
    assert.deepEqual(kept, [{ key: 'Order number', labels, required: false }]);
  });

  it('what does not fit is refused with its place and what is wrong there', async () => {
    const shop = await scene();
    const hidden = await shop.group('Hidden', { private: true });
    const field = { key: 'Order', labels: { en: 'Order' }, required: true };
    const consent = { name: 'terms', texts: { en: 'I agree' }, url: null, required: true };
    const asks = (fields: object[], consents: object[] = []) => ({
      when: 'after',
      fields,
      consents,
    });
    const does = (patch: object) => [target, { ...target, id: 'second', ...patch }];
    const bad: [string, unknown, RegExp][] = [
      ['look', 'bl', /^look takes what differs/],
      ['look', { position: 'xx' }, /^look\.position must be one of "bl", .*"rb"\. look takes /],
      ['look', { buttonSize: 500 }, /^look\.buttonSize must be <= 100\. /],
      ['look', { size: 5 }, /^look\.size is not known; known are buttonStyle, /],
      ['look', { colors: { buttonBg: 'red' } }, /^look\.colors\.buttonBg must match pattern/],
      ['texts', { en: { hello: 'x' } }, /^texts\.en\.hello is not known; known are greeting, /],
      ['texts', { en: { greeting: '' } }, /^texts\.en\.greeting must not have fewer than 1/],
      ['texts', { english: { greeting: 'x' } }, /^texts\.english is not known/],
      ['form', { ...form, when: 'never' }, /^form\.when must be one of "before", /],
      ['form', asks([{ key: 'a' }]), /^form\.fields\[0\]\.labels is missing/],
      ['form', asks([field, field]), /^form\.fields\[1\]\.key is blank or there twice/],
      ['form', asks([{ ...field, labels: {} }]), /^form\.fields\[0\]\.labels must say what/],
      ['form', asks([field], [{ ...consent, name: 'Order' }]), /^form\.consents\[0\]\.name is/],
      ['form', asks([], [{ ...consent, url: 'javascript:x' }]), /^form\.consents\[0\]\.url must/],
      ['form', asks([], [{ ...consent, texts: { en: ' ' } }]), /^form\.consents\[0\]\.texts must/],
      ['targeted', {}, /^targeted takes a list/],
      ['targeted', [target, target], /^targeted\[1\]\.id is there twice/],
      [
        'targeted',
        does({ conditions: [{ type: 'country', any: [] }] }),
        /^targeted\[1\]\.conditions\[0\]\.any must not have fewer than 1/,
      ],
      [
        'targeted',
        does({ conditions: [{ type: 'weather' }] }),
        /^targeted\[1\]\.conditions\[0\]\.type must be one of "url", "previous-page", /,
      ],
      [
        'targeted',
        does({ action: { type: 'message', texts: {} } }),
        /^targeted\[1\]\.action\.texts must say something/,
      ],
      [
        'targeted',
        does({ action: { type: 'assign', groupId: hidden.id } }),
        /^targeted\[1\]\.action\.groupId is no group that visitors may choose/,
      ],
      ['askRating', 'yes', /^askRating takes true or false\.$/],
      ['missedAfterMs', 5, /^missedAfterMs takes a number of milliseconds/],
    ];
    const before = await configOf(shop);
    for (const [name, value, says] of bad) {
      await assert.rejects(
        set(shop, name, value),
        (fault) =>
          fault instanceof CodedError &&
          fault.code === 'invalid_payload' &&
          says.test(fault.message),
        `${name} ${JSON.stringify(value)}`,
      );
    }
    const { availability: _now, ...same } = before;
    const { availability: _later, ...after } = await configOf(shop);
    assert.deepEqual(after, same);
    const sales = await shop.group('Sales');
    await set(shop, 'targeted', does({ action: { type: 'assign', groupId: sales.id } }));
  });

  it('groups are told where visitors are asked for one, without the private ones, as they change', async () => {
    const shop = await scene();
    const sales = await shop.group('Sales', { names: { de: 'Verkauf' } });
    await shop.group('Hidden', { private: true });
    const page = await shop.visitor();
    assert.deepEqual(page.joined.settings.groups, []);
    assert.equal(page.joined.settings.version, 1);
    const shown = (names: string[]) =>
      page.next<p.SettingsChanged>(
        'settings',
        ({ settings }) => settings.groups.map(({ name }) => name).join() === names.join(),
      );
    await set(shop, 'askGroup', true);
    const { settings } = await shown(['Sales']);
    assert.deepEqual(settings.groups, [{ id: sales.id, name: 'Sales', names: { de: 'Verkauf' } }]);
    const support = await shop.group('Support');
    await shown(['Sales', 'Support']);
    await shop.group('Sales', { id: sales.id, private: true });
    await shown(['Support']);
    await shop.desk.push(shop.inbox, 'group:delete', { id: support.id });
    const last = await page.next<p.SettingsChanged>(
      'settings',
      (changed) => changed.settings.groups.length === 0,
    );
    assert.equal(last.settings.version, 5);
    assert.doesNotMatch(page.socket.frames.join(''), /Hidden|memberIds/);
    await set(shop, 'askGroup', false);
    await shop.group('Unheard');
    assert.equal((await configOf(shop)).settings.version, 6);
  });
});
