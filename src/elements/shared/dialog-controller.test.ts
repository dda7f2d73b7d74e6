import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { LitElement, type TemplateResult } from 'lit';
import { LocalizeController } from '../../context/index.js';
import { inboxEnglish } from '../../i18n/inbox.js';
import { renderQuestion } from './confirm-dialog.js';
import { DialogController } from './dialog-controller.js';
import { renderDialog } from './dialog-frame.js';
import { dialogStyles } from './dialog.styles.js';
import { focused, stood, until } from './dom.fixture.js';
import { baseStyles, buttonStyles } from './styles.js';

class DialogHost extends LitElement {
  static override styles = [baseStyles, buttonStyles, dialogStyles];
  readonly reading = new DialogController(this, 'reading');
  readonly asking = new DialogController(this, 'asking', { first: '.cancel' });
  readonly #l = new LocalizeController(this, inboxEnglish);

  readonly #onRead = (event: Event): void => void this.reading.show(event.currentTarget);

  readonly #onAsk = (): void => void this.asking.show();

  override render(): TemplateResult {
    const l = this.#l.now;
    const question = {
      title: 'Delete it?',
      text: 'It is gone then.',
      act: 'Delete',
      onYes: this.asking.onHide,
    };
    return html`<button class="read" @click=${this.#onRead}>Read</button>
      <button class="ask" @click=${this.#onAsk}>Ask</button>
      ${renderDialog(this.reading, { title: 'News', body: 'All is well.' }, l)}
      ${renderQuestion(this.asking, question, l)}`;
  }
}
customElements.define('test-dialog-host', DialogHost);

function part(host: DialogHost, selector: string): HTMLElement {
  const found = host.renderRoot.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`There is no ${selector}.`);
  return found;
}

const shown = (): Promise<DialogHost> => fixture(html`<test-dialog-host></test-dialog-host>`);
const opened = (host: DialogHost): Promise<HTMLElement> =>
  until(() => host.renderRoot.querySelector<HTMLElement>('dialog[open]'));
const closed = (host: DialogHost): Promise<true> =>
  until(() => host.renderRoot.querySelector('dialog') === null);

describe('DialogController', () => {
  it('moves the focus to the heading and, by the cross, back to the button that was never focused', async () => {
    const host = await shown();
    // As in Safari, where a click focuses no button.
    part(host, '.read').click();
    const dialog = await opened(host);
    await until(() => focused() === dialog.querySelector('h2'));
    await stood(host);
    await expect(host).to.be.accessible();
    part(host, '.dialog-close').click();
    await closed(host);
    expect(focused()).to.equal(part(host, '.read'));
  });

  it('asks with the focus on what does nothing, and Escape gives it back', async () => {
    const host = await shown();
    part(host, '.ask').focus();
    await sendKeys({ press: 'Enter' });
    const dialog = await opened(host);
    expect(dialog.getAttribute('role')).to.equal('alertdialog');
    await until(() => focused() === part(host, '.cancel'));
    await stood(host);
    await expect(host).to.be.accessible();
    await sendKeys({ press: 'Escape' });
    await closed(host);
    expect(focused()).to.equal(part(host, '.ask'));
  });

  it('a press beside it closes it, one inside does not', async () => {
    const host = await shown();
    part(host, '.read').click();
    const { left, top } = (await opened(host)).getBoundingClientRect();
    await sendMouse({ type: 'click', position: [Math.round(left) + 8, Math.round(top) + 8] });
    expect(host.reading.open).to.equal(true);
    await sendMouse({ type: 'click', position: [2, 2] });
    await closed(host);
    expect(host.reading.open).to.equal(false);
  });

  it('is closed where its host is removed and put back', async () => {
    const host = await shown();
    part(host, '.read').click();
    await opened(host);
    const { parentElement } = host;
    host.remove();
    parentElement?.append(host);
    host.requestUpdate();
    await closed(host);
    expect(host.reading.open).to.equal(false);
  });
});
