import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { CodedError } from '../../protocol/index.js';
import { find, findAll, focused, openOffice, until, words } from '../shared/office.fixture.js';
import type { ConvSavedReplies } from './conv-saved-replies.js';
import './conv-saved-replies.js';

async function shown(kind: 'replies' | 'templates' = 'replies') {
  const { client, server } = openOffice();
  const element = await fixture<ConvSavedReplies>(
    html`<conv-saved-replies .client=${client} kind=${kind}></conv-saved-replies>`,
  );
  await until(() => find(element, '.items'));
  return { client, server, element };
}

const titles = (element: ConvSavedReplies): string[] => findAll(element, '.item strong').map(words);

describe('conv-saved-replies', () => {
  it('finds by shortcut and by any word', async () => {
    const { element } = await shown();
    element.focus();
    await sendKeys({ type: 'working days' });
    await until(() => titles(element).length === 1);
    expect(titles(element)).to.deep.equal(['/shipping']);
    await sendKeys({ type: ' of nothing' });
    await until(() => words(find(element, '.none')) === 'No saved reply has these words.');
  });

  it('writes a new one by keyboard alone, with a variable', async () => {
    const { element } = await shown();
    const saved = oneEvent(element, 'conv-reply-saved');
    find(element, '.new')?.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => focused()?.getAttribute('name') === 'name');
    await sendKeys({ type: 'thanks' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ type: 'Thanks, ' });
    const select = find<HTMLSelectElement>(element, 'select');
    if (select) select.value = 'contact.firstName';
    select?.dispatchEvent(new Event('change'));
    expect(find<HTMLTextAreaElement>(element, 'textarea')?.value).to.equal(
      'Thanks, {{contact.firstName}}',
    );
    await sendKeys({ press: 'Control+Enter' });
    const { shortcut, text, ownerId } = (await saved).detail;
    expect([shortcut, text, ownerId]).to.deep.equal([
      'thanks',
      'Thanks, {{contact.firstName}}',
      null,
    ]);
    await until(() => titles(element).includes('/thanks'));
  });

  it('keeps what the server refused, with its reason', async () => {
    const { element, client } = await shown('templates');
    client.saveTemplate = () => Promise.reject(new CodedError('limit_reached'));
    element.draft = { text: 'Hello', subject: 'Hi' };
    await until(() => find(element, 'form'));
    find(element, '[type=submit]')?.click();
    await until(() => words(find(element, '#problem')) === 'Give it a name.');
    expect(find(element, '[name=name]')?.getAttribute('aria-invalid')).to.equal('true');
    await expect(element).to.be.accessible();
    await sendKeys({ type: 'Greeting' });
    find(element, '[type=submit]')?.click();
    await until(() => words(find(element, '.fault')).includes('as many as a workspace may have'));
    expect(find<HTMLTextAreaElement>(element, 'textarea')?.value).to.equal('Hello');
    expect(find<HTMLInputElement>(element, '[name=subject]')?.value).to.equal('Hi');
  });

  it('says why one could not be deleted, and keeps it', async () => {
    const { element, client } = await shown();
    client.deleteReply = () => Promise.reject(new CodedError('forbidden'));
    find(element, '[aria-label="Delete /sizes"]')?.click();
    await until(() => focused()?.textContent?.trim() === 'Keep');
    await expect(element).to.be.accessible();
    find(element, '.danger')?.click();
    await until(() => find(element, '.fault'));
    await sendKeys({ press: 'Enter' });
    await until(() => focused()?.getAttribute('aria-label') === 'Delete /sizes');
    expect(titles(element)).to.include('/sizes');
  });

  it('is accessible as a list and as a form', async () => {
    const { element } = await shown();
    await expect(element).to.be.accessible();
    find(element, '.new')?.click();
    await until(() => find(element, 'form'));
    await expect(element).to.be.accessible();
  });
});
