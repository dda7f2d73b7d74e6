import { ContextProvider } from '@lit/context';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { atom } from 'nanostores';
import { accountContext, type Account } from '../../context/index.js';
import {
  find,
  findAll,
  focused,
  openOffice,
  stood,
  until,
  words,
  type Office,
} from '../shared/office.fixture.js';
import type { ConvAgentStatus } from './conv-agent-status.js';
import './conv-agent-status.js';

async function shown(office: Office): Promise<ConvAgentStatus> {
  const status = await fixture<ConvAgentStatus>(
    html`<conv-agent-status .client=${office.client}></conv-agent-status>`,
  );
  await until(() => find(status, '.trigger'));
  return status;
}

const signOut = (status: ConvAgentStatus): HTMLElement | undefined =>
  findAll(status, '[role=menuitem]').find((item) => words(item) === 'Sign out');

describe('conv-agent-status', () => {
  it('S3.3 shows picture and status, offers the others, and opens the own settings', async () => {
    const status = await shown(openOffice());
    expect(find(status, 'conv-avatar')?.getAttribute('name')).to.equal('Giulia Rossi');
    expect(find(status, '.trigger')?.getAttribute('aria-label')).to.equal('Your status: Online');
    find(status, '.trigger')?.click();
    await until(() => find(status, '.menu'));
    const names = findAll(status, '[role=menuitemradio]').map((one) =>
      one.getAttribute('aria-label'),
    );
    expect(names).to.deep.equal(['Online', 'Offline', 'Invisible']);
    for (const name of ['Chat profile', 'Availability', 'Notification settings']) {
      if (!find(status, '.menu')) find(status, '.trigger')?.click();
      await until(() => find(status, '.menu'));
      findAll(status, '[role=menuitem]')
        .find((item) => words(item) === name)
        ?.click();
      const dialog = await until(() => find<HTMLDialogElement>(status, 'dialog[open]'));
      expect(words(dialog.querySelector('h2'))).to.equal(name);
      await until(() => find(dialog.querySelector('conv-agent-settings')!, '[part=base]'));
      await stood(status);
      await expect(status).to.be.accessible();
      await sendKeys({ press: 'Escape' });
      await until(() => !find(status, 'dialog'));
      expect(focused()).to.equal(find(status, '.trigger'));
    }
  });

  it('is accessible, closed and open', async () => {
    const status = await shown(openOffice());
    await expect(status).to.be.accessible();
    find(status, '.trigger')?.click();
    await until(() => find(status, '.menu'));
    await expect(status).to.be.accessible();
  });

  it('sets the status with the keyboard alone and gives the focus back', async () => {
    const office = openOffice();
    const status = await shown(office);
    const changed = oneEvent(status, 'conv-status-changed');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'ArrowDown' });
    await until(() => focused()?.getAttribute('aria-label') === 'Online');
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    expect((await changed).detail).to.deep.equal({ status: 'invisible' });
    await until(() => !find(status, '.menu'));
    expect(focused()).to.equal(find(status, '.trigger'));
    expect(find(status, '.trigger')?.getAttribute('aria-label')).to.equal('Your status: Invisible');
  });

  it('closes by Escape and by a press outside', async () => {
    const status = await shown(openOffice());
    find(status, '.trigger')?.click();
    await until(() => find(status, '.menu'));
    await sendKeys({ press: 'Escape' });
    await until(() => !find(status, '.menu'));
    find(status, '.trigger')?.click();
    await until(() => find(status, '.menu'));
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    await until(() => !find(status, '.menu'));
  });

  it('says why the status could not be set', async () => {
    const office = openOffice();
    const status = await shown(office);
    find(status, '.trigger')?.click();
    await until(() => find(status, '.menu'));
    office.server.cut({ stayDown: true });
    find(status, '[data-status=offline]')?.click();
    const error = await until(() => find(status, '.error'));
    expect(words(error)).to.contain('no connection');
  });

  it('shows that one is offline to others while there is no connection, and comes back', async () => {
    const office = openOffice();
    const status = await shown(office);
    const name = (): string | null | undefined =>
      find(status, '.trigger')?.getAttribute('aria-label');
    const badge = (): string | null | undefined =>
      find(status, 'conv-avatar')?.getAttribute('status');
    office.server.cut({ stayDown: true });
    await until(() => name() === 'Your status: Offline, reconnecting');
    await until(() => badge() === 'offline');
    find(status, '.trigger')?.click();
    expect(words(await until(() => find(status, '.lost')))).to.contain('others see you offline');
    const chosen = find(status, '[role=menuitemradio][aria-checked=true]');
    expect(chosen?.dataset['status']).to.equal('online');
    await stood(status);
    await expect(status).to.be.accessible();
    office.server.restore();
    await until(() => name() === 'Your status: Online' && badge() === 'online');
    expect(find(status, '.lost')).to.equal(null);
    office.client.disconnect();
    await until(() => name() === 'Your status: Offline' && badge() === 'offline');
  });

  it('signs out where the agent signed in on the server', async () => {
    let signedOut = 0;
    const account: Account = {
      $profile: atom(null),
      updateProfile: async () => undefined,
      signOut: async () => void signedOut++,
    };
    const home = document.createElement('div');
    new ContextProvider(home, { context: accountContext, initialValue: account });
    const status = await fixture<ConvAgentStatus>(
      html`<conv-agent-status .client=${openOffice().client}></conv-agent-status>`,
      { parentNode: home },
    );
    (await until(() => find(status, '.trigger'))).click();
    const item = await until(() => signOut(status));
    item.click();
    await until(() => !find(status, '.menu'));
    expect(signedOut).to.equal(1);
  });

  it('shows no way to sign out where the host signs agents in', async () => {
    const status = await shown(openOffice());
    find(status, '.trigger')?.click();
    await until(() => find(status, '.menu'));
    expect(signOut(status)).to.equal(undefined);
  });
});
