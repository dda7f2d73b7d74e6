import { expect } from '@open-wc/testing';
import { errorCodes } from '../protocol/index.js';
import { en } from './locales/en.js';
import { inboxEn } from './locales/en-inbox.js';
import { inboxEnglish } from './inbox.js';
import { ago } from './ago.js';
import { fileSize } from './file-size.js';
import { localizerFor } from './localizer.js';
import { refusalText } from './refusal-text.js';
import { onStrings, registerStrings } from './registry.js';
import type { Strings } from './strings.js';

const localizer = (locale: string) => localizerFor<Strings>(locale, en);
const minute = 60_000;

/** Local time, whatever the zone of the machine. */
const noon = new Date(2026, 2, 4, 12, 0).getTime();

describe('strings', () => {
  it('say every error of the registry, and no other', () => {
    const told = Object.keys(inboxEnglish).filter((key) => key.startsWith('error.'));
    expect(told.sort()).to.deep.equal(errorCodes.map((code) => `error.${code}`).sort());
    for (const code of errorCodes) expect(inboxEnglish[`error.${code}`]).to.match(/\w.*[.!]$/);
  });

  it('of errors: the locale’s own, else as the refusal came, else what can always be said', () => {
    const refusal = { code: 'file_damaged', message: 'This picture cannot be read.' };
    expect(refusalText(localizer('en'), refusal)).to.equal('This picture cannot be read.');
    registerStrings('ww', { 'error.file_damaged': 'ww damaged' });
    expect(refusalText(localizer('ww'), refusal)).to.equal('ww damaged');
    expect(refusalText(localizer('en'), { code: 'timeout', message: 'timeout' })).to.match(
      /^No answer/,
    );
    const bare = { code: 'file_damaged', message: 'file_damaged' };
    expect(refusalText(localizer('en'), bare)).to.match(/^Something went wrong/);
  });

  it('of the inbox never replace those of the widget', () => {
    expect(Object.keys(inboxEn).filter((key) => key in en)).to.deep.equal([]);
  });

  it('fall back from the region to the language to English', () => {
    registerStrings('xx', { 'chat.team': 'xx team', 'chat.send': 'xx send' });
    registerStrings('xx-YY', { 'chat.team': 'yy team' });
    expect(localizer('xx-YY').term('chat.team')).to.equal('yy team');
    expect(localizer('xx-YY').term('chat.send')).to.equal('xx send');
    expect(localizer('xx-YY').term('chat.open')).to.equal('Open chat');
  });

  it('take arguments', () => {
    expect(localizer('en').term('chat.openUnread', 2)).to.equal('Open chat, 2 unread');
    registerStrings('zz', { 'chat.openUnread': (count) => `${count} zz` });
    expect(localizer('zz').term('chat.openUnread', 2)).to.equal('2 zz');
  });

  it('can be replaced in English too, and tell whoever listens', () => {
    let told = 0;
    const stop = onStrings(() => told++);
    registerStrings('en-x-test', { 'chat.open': 'Ask us' });
    stop();
    registerStrings('en-x-test', { 'chat.close': 'Bye' });
    expect(told).to.equal(1);
    expect(localizer('en-x-test').term('chat.open')).to.equal('Ask us');
  });
});

describe('localizer', () => {
  it('knows which way a language is written', () => {
    for (const locale of ['ar', 'he-IL', 'fa']) expect(localizer(locale).dir).to.equal('rtl');
    for (const locale of ['en', 'de-AT', 'zh-TW']) expect(localizer(locale).dir).to.equal('ltr');
  });

  it('takes English for what is no language tag', () => {
    expect(localizer('not a tag').locale).to.equal('en');
  });

  it('tells the age of a card', () => {
    const l = localizer('en');
    expect(ago(l, noon - 20_000, noon)).to.equal('now');
    expect(ago(l, noon - 2 * minute, noon)).to.equal('2 min');
    expect(ago(l, noon - 60 * minute, noon)).to.equal('1 hr');
    expect(ago(l, noon - 24 * 60 * minute, noon)).to.equal('Yesterday');
    expect(ago(l, noon - 20 * 24 * 60 * minute, noon)).to.equal('Feb 12');
    expect(ago(l, noon + 5 * minute, noon)).to.equal('now');
  });

  it('names days', () => {
    const l = localizer('en');
    const day = 24 * 60 * minute;
    expect(l.dayName(noon - 60 * minute, noon)).to.equal('Today');
    expect(l.dayName(noon - day, noon)).to.equal('Yesterday');
    expect(l.dayName(noon - 2 * day, noon)).to.equal('Monday');
    expect(l.dayName(noon - 30 * day, noon)).to.equal('February 2');
    expect(localizer('de').dayName(noon, noon)).to.equal('Heute');
  });

  it('joins names and counts bytes', () => {
    expect(localizer('en').list(['Ada', 'Ben', 'Cho'])).to.equal('Ada, Ben, and Cho');
    expect(fileSize('en', 0)).to.equal('0 bytes');
    expect(fileSize('en', 1)).to.equal('1 byte');
    expect(fileSize('en', 3.4 * 1024 * 1024)).to.equal('3.4 MB');
  });
});
