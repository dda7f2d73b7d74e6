import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { find, findAll, focused, until, words } from '../shared/dom.fixture.js';
import { emojiOf, findEmoji, withTone } from './emoji.js';
import type { ConvEmojiPicker } from './conv-emoji-picker.js';
import './conv-emoji-picker.js';

async function shown(): Promise<{ picker: ConvEmojiPicker; chosen: string[] }> {
  const chosen: string[] = [];
  const picker = await fixture<ConvEmojiPicker>(html`<conv-emoji-picker></conv-emoji-picker>`);
  picker.addEventListener('conv-emoji-chosen', ({ detail }) => chosen.push(detail.emoji));
  return { picker, chosen };
}

const label = (): string | null | undefined => focused()?.getAttribute('aria-label');

describe('conv-emoji-picker', () => {
  beforeEach(() => localStorage.removeItem('convkit/emoji'));

  it('S3.27 finds an emoji by word and takes the first with Enter', async () => {
    const { picker, chosen } = await shown();
    picker.focus();
    await sendKeys({ type: 'thumbs up' });
    await sendKeys({ press: 'Enter' });
    expect(chosen).to.deep.equal(['👍️']);
  });

  it('is walked by keys: categories, rows and columns', async () => {
    const { picker, chosen } = await shown();
    picker.focus();
    await sendKeys({ press: 'ArrowDown' });
    await until(() => label() === 'grinning face');
    await sendKeys({ press: 'ArrowRight' });
    await until(() => label() === 'grinning face with big eyes');
    await sendKeys({ press: 'ArrowDown' });
    await until(() => label() === emojiOf('smileys')[9]?.label);
    await sendKeys({ press: 'Enter' });
    expect(chosen).to.deep.equal([emojiOf('smileys')[9]?.emoji]);
    await sendKeys({ press: 'ArrowUp' });
    await until(() => label() === 'grinning face with big eyes');
    await sendKeys({ press: 'ArrowUp' });
    expect(label()).to.equal('Search emoji');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'ArrowRight' });
    await until(() => label() === 'People and hands');
    expect(find(picker, '[role=grid]')?.getAttribute('aria-label')).to.equal('People and hands');
  });

  it('types on in the search when a letter is pressed in the grid', async () => {
    const { picker } = await shown();
    picker.focus();
    await sendKeys({ press: 'ArrowDown' });
    await until(() => label() === 'grinning face');
    await sendKeys({ press: 'p' });
    expect(find<HTMLInputElement>(picker, 'input')?.value).to.equal('p');
  });

  it('keeps the skin tone and what was chosen', async () => {
    const { picker, chosen } = await shown();
    find<HTMLInputElement>(picker, '.tone input[value="3"]')?.click();
    findAll(picker, '[data-tab=people]')[0]?.click();
    await picker.updateComplete;
    find(picker, '[data-at="0"]')?.click();
    expect(chosen).to.deep.equal(['👋🏽']);
    const { picker: next } = await shown();
    expect(find(next, '[role=grid]')?.getAttribute('aria-label')).to.equal('Recent');
    expect(words(find(next, '[data-at="0"]'))).to.equal('👋🏽');
    expect(find<HTMLInputElement>(next, '.tone input:checked')?.value).to.equal('3');
  });

  it('keeps it where it is told to, or nowhere', async () => {
    const { picker } = await shown();
    for (const keep of [
      () => null,
      () => ({ area: sessionStorage, key: 'convkit/emoji/ws_1/visitor' }),
    ]) {
      picker.keep = keep;
      await picker.updateComplete;
      find(picker, '[data-at="0"]')?.click();
      expect(localStorage.getItem('convkit/emoji')).to.equal(null);
      const { area, key } = keep() ?? {};
      expect(area?.getItem(key ?? '') ?? null).to.equal(area ? '{"tone":0,"recent":["😀"]}' : null);
      area?.removeItem(key ?? '');
    }
  });

  it('forgets what it cannot read', async () => {
    localStorage.setItem('convkit/emoji', '{"tone":99,"recent":[1,"🎉"]}');
    const { picker } = await shown();
    expect(findAll(picker, '[data-at]').map(words)).to.deep.equal(['🎉']);
    expect(find<HTMLInputElement>(picker, '.tone input:checked')?.value).to.equal('0');
  });

  it('is accessible with a category, with results and without', async () => {
    const { picker } = await shown();
    await expect(picker).to.be.accessible();
    const search = find<HTMLInputElement>(picker, 'input');
    for (const query of ['cat', 'no such thing']) {
      if (search) search.value = query;
      search?.dispatchEvent(new InputEvent('input'));
      await picker.updateComplete;
      await expect(picker).to.be.accessible();
    }
    expect(words(find(picker, '.none'))).to.match(/Try another word/);
  });

  it('makes skin tones of what takes them', () => {
    expect(withTone({ emoji: '✌️', label: '', codes: [], toned: true }, 5)).to.equal('✌🏿');
    expect(withTone({ emoji: '🐻', label: '', codes: [], toned: false }, 5)).to.equal('🐻');
  });

  it('finds by shortcode first, then by any word', () => {
    expect(findEmoji('smile')[0]?.emoji).to.equal('😄');
    expect(findEmoji('+1')[0]?.emoji).to.equal('👍️');
    expect(findEmoji('pizza')[0]?.emoji).to.equal('🍕');
    expect(findEmoji('   ')).to.deep.equal([]);
  });
});
