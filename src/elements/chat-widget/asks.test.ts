import { expect, oneEvent } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import type { ContactForm, Rating } from '../../domain/index.js';
import { CodedError } from '../../protocol/index.js';
import {
  conversation,
  handClient,
  item,
  morning,
  settingsOf,
  thread,
  type HandClient,
} from './chat-widget.fixture.js';
import { called, drawn, find, get, staged, textOf } from './stage.fixture.js';

const asked: ContactForm = {
  when: 'before',
  fields: [
    { key: 'name', labels: {}, required: false },
    { key: 'email', labels: {}, required: true },
    { key: 'bike', labels: { en: 'Your bike', de: 'Dein Rad' }, required: false },
  ],
  consents: [
    {
      name: 'terms',
      texts: { en: 'I agree to the terms' },
      url: 'https://shop.example/terms',
      required: true,
    },
    { name: 'marketing', texts: { en: 'Send me news' }, url: null, required: false },
  ],
};

describe('what chat-widget asks', () => {
  let client: HandClient;

  before(() => emulateMedia({ reducedMotion: 'reduce' }));
  after(() => emulateMedia({ reducedMotion: 'no-preference' }));

  beforeEach(() => {
    sessionStorage.clear();
    client = handClient();
  });

  describe('contact form', () => {
    const ask = (): void => {
      client.$form.set(asked);
      client.$formBlocks.set(true);
    };
    const input = (element: Parameters<typeof get>[0], name: string): HTMLInputElement =>
      get<HTMLInputElement>(element, `.form [name="${name}"]`);

    it('is a card in the conversation, with names, required marks and a link to the terms', async () => {
      ask();
      const element = await staged(client, { open: true, locale: 'en' });
      const labels = [...get(element, '.form').querySelectorAll('.question > span')];
      expect(
        labels.map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim()),
      ).to.deep.equal(['Name (optional)', 'Email (required)', 'Your bike (optional)']);
      expect(input(element, 'email').getAttribute('aria-required')).to.equal('true');
      expect(input(element, 'email').autocomplete).to.equal('email');
      const link = get<HTMLAnchorElement>(element, '.form a');
      expect([link.href, link.rel]).to.deep.equal([
        'https://shop.example/terms',
        'noopener noreferrer',
      ]);
    });

    it('holds the field back, and says why', async () => {
      ask();
      const element = await staged(client, { open: true });
      const field = get<HTMLTextAreaElement>(element, '.field');
      expect(field.disabled).to.equal(true);
      expect(get<HTMLButtonElement>(element, '.send').disabled).to.equal(true);
      const reason = field.getAttribute('aria-describedby') ?? '';
      expect(textOf(element, `#${reason}`)).to.equal('Please answer the questions above first.');
      client.$formBlocks.set(false);
      await drawn(element);
      expect(field.disabled).to.equal(false);
    });

    it('tells what is missing beside each question, with focus on the first', async () => {
      ask();
      const element = await staged(client, { open: true });
      input(element, 'name').focus();
      await sendKeys({ press: 'Enter' });
      await drawn(element);
      const email = input(element, 'email');
      expect(element.shadowRoot?.activeElement).to.equal(email);
      const wrong = (name: string): string =>
        textOf(element, `#${input(element, name).getAttribute('aria-describedby') ?? 'none'}`);
      expect(wrong('email')).to.equal('Please fill this in.');
      expect(wrong('terms')).to.equal('Please agree to this first.');
      await sendKeys({ type: 'maja at cykel' });
      await sendKeys({ press: 'Enter' });
      await drawn(element);
      expect(wrong('email')).to.match(/^This is not an email address/);
      expect(called(client, 'submitForm')).to.have.length(0);
    });

    it('sends what was answered, thanks, and goes on with the field', async () => {
      ask();
      const element = await staged(client, { open: true });
      input(element, 'email').focus();
      await sendKeys({ type: ' maja@cykel.example ' });
      input(element, 'terms').focus();
      await sendKeys({ press: 'Space' });
      client.submitForm = (answers) => {
        client.calls.push(['submitForm', answers]);
        client.$form.set(null);
        client.$formBlocks.set(false);
        return Promise.resolve();
      };
      const told = oneEvent(element, 'chat-form-submitted');
      get(element, '.form [type="submit"]').click();
      const answers = {
        values: { email: 'maja@cykel.example' },
        consents: { terms: true, marketing: false },
      };
      expect((await told).detail).to.deep.equal(answers);
      await drawn(element);
      expect(called(client, 'submitForm')).to.deep.equal([[answers]]);
      expect(find(element, '.form')).to.equal(null);
      expect(textOf(element, '.noted')).to.equal('Thank you! We have noted your details.');
      expect(textOf(element, '.announcer')).to.contain('Thank you!');
      expect(element.shadowRoot?.activeElement).to.equal(get(element, '.field'));
    });

    it('keeps what was answered when the server refuses it, and says why', async () => {
      ask();
      const element = await staged(client, { open: true });
      input(element, 'email').focus();
      await sendKeys({ type: 'maja@cykel.example' });
      input(element, 'terms').click();
      client.submitForm = () => Promise.reject(new CodedError('invalid_email'));
      get(element, '.form [type="submit"]').click();
      await drawn(element);
      expect(input(element, 'email').value).to.equal('maja@cykel.example');
      expect(input(element, 'email').getAttribute('aria-invalid')).to.equal('true');
    });

    it('opens with the focus on its first question', async () => {
      ask();
      const element = await staged(client);
      await element.updateComplete;
      element.openChat();
      await drawn(element);
      element.closeChat();
      await drawn(element);
      element.openChat();
      await drawn(element);
      expect(element.shadowRoot?.activeElement).to.equal(input(element, 'name'));
    });
  });

  describe('group', () => {
    const groups = [
      { id: 'sales', name: 'Sales', names: { de: 'Verkauf' } },
      { id: 'repair', name: 'Workshop', names: {} },
    ];
    beforeEach(() => client.$settings.set(settingsOf({ groups })));

    const choose = (id: string | null): void => {
      client.calls.push(['chooseGroup', id]);
      client.$group.set(id);
    };

    it('S5.6 is chosen among those of the workspace, or `Not sure`, and can be changed', async () => {
      client.chooseGroup = choose;
      const element = await staged(client, { open: true });
      const card = get(element, '.choose');
      expect(card.getAttribute('role')).to.equal('group');
      const words = [...card.querySelectorAll('button')].map((button) => button.innerText.trim());
      expect(words).to.deep.equal(['Sales', 'Workshop', 'Not sure']);
      const told = oneEvent(element, 'chat-group-chosen');
      get(element, '.choose .unsure').click();
      expect((await told).detail).to.deep.equal({ groupId: null });
      await drawn(element);
      expect(textOf(element, '.noted')).to.equal('Whoever is free will answer. Change');
      get(element, '.noted button').click();
      await drawn(element);
      get(element, '[data-group="repair"]').click();
      await drawn(element);
      expect(called(client, 'chooseGroup')).to.deep.equal([[null], ['repair']]);
      expect(textOf(element, '.noted')).to.equal('You chose Workshop. Change');
    });

    it('is named in the language of the visitor, and asked for again from the menu', async () => {
      client.$conversation.set(conversation());
      const element = await staged(client, { open: true, locale: 'de' });
      expect(find(element, '.choose')).to.equal(null);
      get(element, '.menu-button').click();
      await drawn(element);
      const items = [...(element.shadowRoot?.querySelectorAll('[role="menuitem"]') ?? [])];
      (items[1] as HTMLElement).click();
      await drawn(element);
      expect(textOf(element, '[data-group="sales"]')).to.equal('Verkauf');
      expect(element.shadowRoot?.activeElement).to.equal(get(element, '[data-group="sales"]'));
    });
  });

  describe('rating', () => {
    const rate = (score: number, comment: string | null): Promise<void> => {
      client.calls.push(['rate', score, comment]);
      const rating: Rating = { score, comment, at: morning };
      client.$conversation.set(conversation({ state: 'closed', rating, version: 3 }));
      return Promise.resolve();
    };

    it('S5.5 is asked for when the conversation is closed, takes a comment, can be changed; restart begins anew', async () => {
      client.rate = rate;
      client.$thread.set(thread([item()]));
      client.$conversation.set(conversation({ state: 'closed' }));
      const element = await staged(client, { open: true });
      const radios = [...get(element, '.rating').querySelectorAll('[type="radio"]')];
      expect(radios.map(({ ariaLabel }) => ariaLabel)).to.deep.equal([
        'Very bad',
        'Bad',
        'Okay',
        'Good',
        'Very good',
      ]);
      (radios[2] as HTMLElement).focus();
      await sendKeys({ press: 'Space' });
      await sendKeys({ press: 'ArrowRight' });
      await drawn(element);
      get(element, '.rating textarea').focus();
      await sendKeys({ type: 'Quick, thanks' });
      const told = oneEvent(element, 'chat-rated');
      get(element, '.rating [type="submit"]').click();
      expect((await told).detail).to.deep.equal({ score: 4, comment: 'Quick, thanks' });
      await drawn(element);
      expect(textOf(element, '.noted')).to.equal('Your rating: Good Change rating');
      get(element, '.noted button').click();
      await drawn(element);
      expect(get<HTMLTextAreaElement>(element, '.rating textarea').value).to.equal('Quick, thanks');
      await sendKeys({ press: 'ArrowRight' });
      get(element, '.rating [type="submit"]').click();
      await drawn(element);
      expect(called(client, 'rate')).to.deep.equal([
        [4, 'Quick, thanks'],
        [5, 'Quick, thanks'],
      ]);
      get(element, '.menu-button').click();
      await drawn(element);
      const items = [...(element.shadowRoot?.querySelectorAll('[role="menuitem"]') ?? [])];
      (items.at(-1) as HTMLElement).click();
      await drawn(element);
      expect(get(element, 'dialog').getAttribute('role')).to.equal('alertdialog');
      expect(called(client, 'restart')).to.have.length(0);
      const restarted = oneEvent(element, 'chat-restarted');
      get(element, 'dialog .primary').click();
      await restarted;
      expect(called(client, 'restart')).to.have.length(1);
      expect(find(element, 'dialog')).to.equal(null);
    });

    it('is not asked for where the workspace does not want it', async () => {
      client.$settings.set(settingsOf({ askRating: false }));
      client.$conversation.set(conversation({ state: 'closed' }));
      const element = await staged(client, { open: true });
      expect(find(element, '.rating')).to.equal(null);
    });

    it('says why it was not taken, and keeps what was written', async () => {
      client.rate = () => Promise.reject(new CodedError('connection_lost'));
      client.$conversation.set(conversation({ state: 'closed' }));
      const element = await staged(client, { open: true });
      get(element, '[value="1"]').click();
      await drawn(element);
      get(element, '.rating [type="submit"]').click();
      await drawn(element);
      expect(find(element, '.rating .wrong')).to.not.equal(null);
      expect(get<HTMLInputElement>(element, '[value="1"]').checked).to.equal(true);
    });
  });

  describe('menu', () => {
    it('works by keyboard, and gives the focus back', async () => {
      client.$conversation.set(conversation());
      const element = await staged(client, { open: true });
      get(element, '.menu-button').focus();
      await sendKeys({ press: 'Enter' });
      await drawn(element);
      expect(get(element, '.menu-button').ariaExpanded).to.equal('true');
      expect(element.shadowRoot?.activeElement?.textContent.trim()).to.equal(
        'Rate this conversation',
      );
      await sendKeys({ press: 'End' });
      expect(element.shadowRoot?.activeElement?.textContent.trim()).to.equal(
        'Start a new conversation',
      );
      await sendKeys({ press: 'Escape' });
      await drawn(element);
      expect(find(element, '.menu')).to.equal(null);
      expect(element.open).to.equal(true);
      expect(element.shadowRoot?.activeElement).to.equal(get(element, '.menu-button'));
    });

    it('asks before it begins anew; Escape goes back to the conversation', async () => {
      client.$conversation.set(conversation());
      const element = await staged(client, { open: true });
      get(element, '.menu-button').focus();
      await sendKeys({ press: 'Enter' });
      await drawn(element);
      await sendKeys({ press: 'End' });
      await sendKeys({ press: 'Enter' });
      await drawn(element);
      expect(get<HTMLDialogElement>(element, 'dialog').open).to.equal(true);
      await sendKeys({ press: 'Escape' });
      await drawn(element);
      expect(find(element, 'dialog')).to.equal(null);
      expect(element.open).to.equal(true);
      expect(called(client, 'restart')).to.have.length(0);
    });

    it('turns the sound off and on, for this tab', async () => {
      let ring: ((conversationId: string) => void) | undefined;
      client.onRing = (listener) => {
        ring = listener;
        return () => undefined;
      };
      const element = await staged(client, { open: true });
      const press = async (): Promise<string> => {
        get(element, '.menu-button').click();
        await drawn(element);
        const [first] = element.shadowRoot?.querySelectorAll('[role="menuitem"]') ?? [];
        const words = first?.textContent.trim() ?? '';
        (first as HTMLElement).click();
        await drawn(element);
        return words;
      };
      expect(await press()).to.equal('Turn sound off');
      expect(await press()).to.equal('Turn sound on');
      expect(ring).to.not.equal(undefined);
    });
  });

  describe('emoji', () => {
    it('go where the caret is, and the field keeps the focus', async () => {
      client.$draft.set('Hi there');
      const element = await staged(client, { open: true });
      const field = get<HTMLTextAreaElement>(element, '.field');
      field.focus();
      field.setSelectionRange(2, 2);
      get(element, '.icon-button.emoji').click();
      await drawn(element);
      const picker = element.shadowRoot?.querySelector('conv-emoji-picker');
      expect(find(element, '.emojis')?.getAttribute('role')).to.equal('dialog');
      picker?.dispatchEvent(
        new CustomEvent('conv-emoji-chosen', { detail: { emoji: '🚲' }, bubbles: true }),
      );
      await drawn(element);
      expect(client.$draft.get()).to.equal('Hi🚲 there');
      expect(find(element, '.emojis')).to.equal(null);
      expect(element.shadowRoot?.activeElement).to.equal(field);
    });

    it('go away by Escape, which leaves the panel open', async () => {
      const element = await staged(client, { open: true });
      get(element, '.icon-button.emoji').click();
      await drawn(element);
      await sendKeys({ press: 'Escape' });
      await drawn(element);
      expect(find(element, '.emojis')).to.equal(null);
      expect(element.open).to.equal(true);
      expect(element.shadowRoot?.activeElement).to.equal(get(element, '.icon-button.emoji'));
    });
  });
});
