import { expect, fixtureCleanup, oneEvent, waitUntil } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { handClient, item, thread, type HandClient } from './chat-widget.fixture.js';
import { drawn, find, get, staged } from './stage.fixture.js';

/** The way back goes through the browser's own process, which takes its time on a busy machine. */
const patient = { timeout: 8_000 };

describe('chat-widget on a phone', () => {
  let client: HandClient;

  before(async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    await setViewport({ width: 360, height: 640 });
  });
  after(async () => {
    await setViewport({ width: 1024, height: 768 });
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  beforeEach(() => {
    sessionStorage.clear();
    client = handClient();
    client.$thread.set(thread(Array.from({ length: 12 }, () => item())));
  });

  afterEach(async () => {
    fixtureCleanup();
    await waitUntil(() => history.state === null, 'in time', patient);
  });

  it('fills what the keyboard leaves: field and last message stay in sight', async () => {
    const element = await staged(client, { open: true });
    await setViewport({ width: 360, height: 340 });
    await waitUntil(() => get(element, '.panel').offsetHeight === 340, 'in time', patient);
    await drawn(element);
    const field = get(element, '.field').getBoundingClientRect();
    expect(field.bottom).to.be.at.most(340);
    const log = get(element, '.log').getBoundingClientRect();
    const last = [...(element.shadowRoot?.querySelectorAll('.message') ?? [])].at(-1);
    const { top, bottom } = last?.getBoundingClientRect() ?? new DOMRect();
    expect(bottom).to.be.at.most(log.bottom + 1);
    expect(top).to.be.at.least(log.top);
    await setViewport({ width: 360, height: 640 });
    await waitUntil(() => get(element, '.panel').offsetHeight === 640, 'in time', patient);
  });

  it('closes by the way back, and leaves no entry behind', async () => {
    const { href } = location;
    const element = await staged(client);
    element.openChat();
    await drawn(element);
    expect(history.state).to.not.equal(null);
    const { length } = history;
    history.back();
    await waitUntil(() => !element.open, 'in time', patient);
    expect(location.href).to.equal(href);
    element.openChat();
    await drawn(element);
    expect(history.length).to.equal(length);
    element.closeChat();
    await waitUntil(() => history.state === null, 'in time', patient);
    expect(find(element, '.panel')).to.equal(null);
  });

  /** Failure: after it the way back leaves the page with the panel open. */
  it('opens again while the way back is still being gone', async () => {
    const element = await staged(client);
    element.openChat();
    await drawn(element);
    const gone = oneEvent(window, 'popstate');
    element.closeChat();
    await element.updateComplete;
    element.openChat();
    await gone;
    await waitUntil(() => history.state !== null, 'in time', patient);
    await drawn(element);
    expect(element.open).to.equal(true);
    history.back();
    await waitUntil(() => !element.open, 'in time', patient);
  });

  it('goes back for itself alone: another one stays open', async () => {
    const element = await staged(client);
    const other = await staged(handClient());
    for (const one of [element, other]) {
      one.openChat();
      await drawn(one);
    }
    const gone = oneEvent(window, 'popstate');
    element.closeChat();
    await gone;
    await waitUntil(() => history.state !== null, 'in time', patient);
    expect(other.open).to.equal(true);
    history.back();
    await waitUntil(() => !other.open, 'in time', patient);
  });

  it('takes its entry along when it is taken away', async () => {
    const element = await staged(client);
    element.openChat();
    await drawn(element);
    element.remove();
    await waitUntil(() => history.state === null, 'in time', patient);
  });
});
