import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { limits } from '../../protocol/index.js';
import {
  find,
  findAll,
  focused,
  openOffice,
  until,
  words,
  type Office,
} from '../shared/office.fixture.js';
import { field, shown, texts } from './composer.fixture.js';
import type { ConvComposer } from './conv-composer.js';
import './conv-composer.js';

const tab = (composer: ConvComposer, name: string): HTMLElement =>
  findAll(composer, '[role=tab]').find((one) => words(one) === name)!;

const draft = (office: Office) => office.client.conversation('cv_maja').$draft.get();

describe('conv-composer', () => {
  it('sends a reply with Enter and empties the field', async () => {
    const office = openOffice();
    const composer = await shown(office);
    const sent = oneEvent(composer, 'conv-message-sent');
    composer.focus();
    await sendKeys({ type: 'It does' });
    await sendKeys({ press: 'Enter' });
    const detail = {
      conversationId: 'cv_maja',
      kind: 'reply',
      text: 'It does',
      attachments: [],
      mentions: [],
    };
    expect((await sent).detail).to.deep.equal(detail);
    expect(field(composer).value).to.equal('');
    expect(focused()).to.equal(field(composer));
    await until(() => texts(office).includes('reply: It does'));
  });

  it('breaks the line with Shift+Enter', async () => {
    const composer = await shown(openOffice());
    composer.focus();
    await sendKeys({ type: 'One' });
    await sendKeys({ press: 'Shift+Enter' });
    await sendKeys({ type: 'Two' });
    expect(field(composer).value).to.equal('One\nTwo');
  });

  it('does not send with the Enter that ends a composition', async () => {
    const office = openOffice();
    const composer = await shown(office);
    composer.focus();
    await sendKeys({ type: 'にほん' });
    field(composer).dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, cancelable: true }),
    );
    expect(field(composer).value).to.equal('にほん');
    expect(texts(office).length).to.equal(2);
  });

  it('S3.22 writes a comment that looks different; the tabs work with arrows', async () => {
    const office = openOffice();
    const composer = await shown(office);
    tab(composer, 'Reply').focus();
    await sendKeys({ press: 'ArrowRight' });
    await until(() => focused() === tab(composer, 'Comment'));
    expect(find(composer, '.box')?.classList.contains('comment')).to.equal(true);
    expect(words(find(composer, '.privacy'))).to.equal('Only agents see this');
    expect(field(composer).getAttribute('aria-label')).to.equal('Comment');
    await sendKeys({ press: 'Tab' });
    expect(focused()).to.equal(field(composer));
    await sendKeys({ type: 'Check the stock' });
    await sendKeys({ press: 'Enter' });
    await until(() => texts(office).includes('comment: Check the stock'));
  });

  it('S3.28 keeps a draft for each conversation and kind', async () => {
    const office = openOffice();
    const composer = await shown(office);
    composer.focus();
    await sendKeys({ type: 'For Maja' });
    composer.conversationId = 'cv_paula';
    await composer.updateComplete;
    expect(field(composer).value).to.equal('');
    composer.conversationId = 'cv_maja';
    await composer.updateComplete;
    expect(field(composer).value).to.equal('For Maja');
    await composer.write('comment');
    expect(field(composer).value).to.equal('');
    expect(draft(office).reply).to.equal('For Maja');
  });

  it('is accessible as reply, as comment and over the limit', async () => {
    const composer = await shown(openOffice());
    await expect(composer).to.be.accessible();
    await composer.write('comment');
    await expect(composer).to.be.accessible();
    field(composer).value = 'x'.repeat(limits.messageLength + 1);
    field(composer).dispatchEvent(new InputEvent('input'));
    await composer.updateComplete;
    await expect(composer).to.be.accessible();
  });

  it('says how much is left, and why too much is not sent', async () => {
    const office = openOffice();
    const composer = await shown(office);
    const write = async (length: number): Promise<void> => {
      field(composer).value = 'x'.repeat(length);
      field(composer).dispatchEvent(new InputEvent('input'));
      await composer.updateComplete;
    };
    await write(limits.messageLength - 20);
    expect(words(find(composer, '.limit'))).to.equal('20 characters left');
    await write(limits.messageLength + 3);
    expect(words(find(composer, '.limit'))).to.contain('3 characters too long');
    expect(find(composer, '.send')?.getAttribute('aria-disabled')).to.equal('true');
    find(composer, '.send')?.click();
    expect(field(composer).value.length).to.equal(limits.messageLength + 3);
  });

  it('S3.23 formats by shortcut and by button, and can undo it', async () => {
    const composer = await shown(openOffice());
    composer.focus();
    await sendKeys({ type: 'big' });
    field(composer).setSelectionRange(0, 3);
    await sendKeys({ press: 'Control+b' });
    expect(field(composer).value).to.equal('**big**');
    find(composer, '[data-format=italic]')?.click();
    expect(field(composer).value).to.equal('**_big_**');
    await sendKeys({ press: 'Control+z' });
    expect(field(composer).value).to.equal('**big**');
  });

  it('S3.23 an address pasted over words becomes a link', async () => {
    const composer = await shown(openOffice());
    composer.focus();
    await sendKeys({ type: 'our shop' });
    field(composer).setSelectionRange(4, 8);
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'https://shop.example');
    field(composer).dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
    expect(field(composer).value).to.equal('our [shop](https://shop.example)');
  });

  it('a host can keep a message from being sent; the text stays', async () => {
    const office = openOffice();
    const composer = await shown(office);
    composer.addEventListener('conv-before-message-send', (event) => event.preventDefault());
    composer.focus();
    await sendKeys({ type: 'Wait' });
    await sendKeys({ press: 'Enter' });
    expect(field(composer).value).to.equal('Wait');
    expect(texts(office).length).to.equal(2);
  });

  it('tells that somebody types, and that they stopped', async () => {
    const office = openOffice();
    const told: boolean[] = [];
    const conversation = office.client.conversation('cv_maja');
    const setTyping = conversation.setTyping;
    conversation.setTyping = (kind, typing) => {
      told.push(typing);
      setTyping(kind, typing);
    };
    const composer = await shown(office);
    composer.focus();
    await sendKeys({ type: 'H' });
    field(composer).blur();
    expect(told).to.deep.equal([true, false]);
  });

  it('shows nothing while no conversation is open', async () => {
    const { client } = openOffice();
    const composer = await fixture<ConvComposer>(
      html`<conv-composer .client=${client}></conv-composer>`,
    );
    expect(find(composer, 'textarea')).to.equal(null);
  });
});
