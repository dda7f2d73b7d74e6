import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { createAgentClient } from '../../store/agent-client.js';
import { memoryStorage } from '../../store/storage.js';
import { find, openOffice, stood, until, words } from '../shared/office.fixture.js';
import { field, shown, texts } from './composer.fixture.js';

const email = (contact: object) => [
  {
    id: 'cv_mail',
    channel: 'email' as const,
    subject: 'Bike',
    contact: { id: 'ct_ida', name: 'Ida Berg', ...contact },
    messages: [{ text: 'Is it ready?' }],
  },
];

describe('conv-composer: where it stands', () => {
  it('S3.30 warns that another agent writes in the same conversation', async () => {
    const office = openOffice();
    const composer = await shown(office);
    await until(() => office.client.conversation('cv_maja').$contact.get());
    const other = await shown({ ...office, client: otherClient(office) });
    await until(() => find(other, 'textarea'));
    other.focus();
    await sendKeys({ type: 'Me too' });
    const note = await until(() => find(composer, '.others'));
    expect(words(note)).to.equal('Tomás Moreno is writing here too. You could both answer.');
    await stood(composer);
    await expect(composer).to.be.accessible();
    field(other).blur();
    await until(() => !find(composer, '.others'));
  });

  it('S4.3 goes online from inside the conversation', async () => {
    const office = openOffice();
    const composer = await shown(office);
    await until(() => office.client.$me.get());
    await office.client.setStatus('offline');
    const note = await until(() => find(composer, '.offline'));
    expect(words(note)).to.contain('You are offline');
    await stood(composer);
    await expect(composer).to.be.accessible();
    note.querySelector('button')!.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => office.client.$me.get()?.status === 'online' && !find(composer, '.offline'));
    expect(document.activeElement === composer).to.equal(true);
  });

  it('shows no field in an earlier conversation, and says why', async () => {
    const office = openOffice([
      { id: 'cv_old', live: false, contact: { name: 'Ida' }, messages: [{ text: 'Hi' }] },
    ]);
    const composer = await shown(office, 'cv_old');
    await until(() =>
      words(find(composer, '.ended')).startsWith('This is an earlier conversation'),
    );
    expect(find(composer, 'textarea')).to.equal(null);
    await stood(composer);
    await expect(composer).to.be.accessible();
  });

  it('says that the contact is blocked', async () => {
    const office = openOffice();
    const composer = await shown(office);
    await until(() => office.client.conversation('cv_maja').$contact.get());
    await office.client.conversation('cv_maja').block('contact');
    await until(() => words(find(composer, '.note')).includes('is blocked'));
    await stood(composer);
    await expect(composer).to.be.accessible();
  });

  it('says that emails cannot be sent and how to turn them on; comments still can', async () => {
    const office = openOffice(email({ email: 'ida@berg.example' }), {
      mail: { configured: false },
    });
    const composer = await shown(office, 'cv_mail');
    const note = await until(() => find(composer, '#email-problem'));
    for (const what of ['SMTP_URL', 'MAIL_FROM', 'mailbox']) expect(words(note)).to.contain(what);
    await stood(composer);
    await expect(composer).to.be.accessible();
    composer.focus();
    await sendKeys({ type: 'Yes' });
    await sendKeys({ press: 'Enter' });
    expect(field(composer).value).to.equal('Yes');
    expect(find(composer, '.send')?.getAttribute('aria-disabled')).to.equal('true');
    await composer.write('comment');
    await sendKeys({ type: 'Call her' });
    await sendKeys({ press: 'Enter' });
    await until(() => texts(office, 'cv_mail').includes('comment: Call her'));
  });

  it('says where an email goes, or that there is no address', async () => {
    const known = await shown(openOffice(email({ email: 'ida@berg.example' })), 'cv_mail');
    await until(() => words(find(known, '.note')) === 'Goes to ida@berg.example by email.');
    const unknown = await shown(openOffice(email({})), 'cv_mail');
    await until(() => words(find(unknown, '#email-problem')).includes('has no email address'));
  });
});

function otherClient({ server }: ReturnType<typeof openOffice>) {
  return createAgentClient({
    transport: server.agentTransport('ag_tomas'),
    workspaceId: 'ws',
    storage: memoryStorage(),
  });
}
