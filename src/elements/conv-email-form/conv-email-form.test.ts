import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { withFiles } from '../conv-composer/composer.fixture.js';
import { find, openOffice, until, words } from '../shared/office.fixture.js';
import { isAddress } from './email-problem.js';
import type { ConvEmailForm } from './conv-email-form.js';
import './conv-email-form.js';

async function shown(client = openOffice().client): Promise<ConvEmailForm> {
  const form = await fixture<ConvEmailForm>(
    html`<conv-email-form .client=${client}></conv-email-form>`,
  );
  await until(() => client.$me.get());
  return form;
}

describe('conv-email-form', () => {
  it('S3.4 waits for files that are on their way, and sends them along', async () => {
    const { office, finish } = withFiles();
    office.client.setEmailDraft({ to: 'ida@berg.example', subject: 'Offer', text: 'See below' });
    const form = await shown(office.client);
    const input = find<HTMLInputElement>(form, 'input[type=file]');
    const files = new DataTransfer();
    files.items.add(new File(['x'], 'offer.pdf', { type: 'application/pdf' }));
    if (input) input.files = files.files;
    input?.dispatchEvent(new Event('change'));
    await form.updateComplete;
    find(form, '[type=submit]')?.click();
    await until(() => words(find(form, '#wait')).includes('as soon as the files are there'));
    finish();
    const sent = await until(() =>
      [...office.server.workspace.conversations.values()].find(
        ({ subject }) => subject === 'Offer',
      ),
    );
    const names = sent.messages.flatMap(({ attachments }) => attachments.map(({ name }) => name));
    expect(names).to.deep.equal(['offer.pdf']);
    await until(() => find<HTMLTextAreaElement>(form, 'textarea')?.value === '');
  });

  it('S3.4 has the formats of a composer; Enter breaks the line', async () => {
    const form = await shown();
    find(form, 'textarea')?.focus();
    await sendKeys({ type: '- one' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ type: 'two' });
    await sendKeys({ press: 'Shift+Enter' });
    expect(find<HTMLTextAreaElement>(form, 'textarea')?.value).to.equal('- one\n- two\n- ');
    find<HTMLTextAreaElement>(form, 'textarea')?.setSelectionRange(2, 5);
    find(form, '[data-format=bold]')?.click();
    expect(find<HTMLTextAreaElement>(form, 'textarea')?.value).to.contain('- **one**\n');
  });

  it('says where answers arrive', async () => {
    const form = await shown();
    await until(() => words(find(form, '.addresses')).includes('Answers arrive at'));
    const { client } = openOffice(undefined, { mail: { replyTo: null } });
    const without = await shown(client);
    await until(() => words(find(without, '.addresses')).includes('No mailbox is set'));
    await expect(without).to.be.accessible();
  });

  it('knows a whole address', () => {
    for (const good of ['a@b.example', ' a.b+c@d.e.example '])
      expect(isAddress(good)).to.equal(true);
    for (const bad of ['', 'a', 'a@b', '@b.example', 'a b@c.example', 'a@b.c, d@e.f']) {
      expect(isAddress(bad), bad).to.equal(false);
    }
  });
});
