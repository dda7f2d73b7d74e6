import { expect, nextFrame, waitUntil } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { defaultLook, widgetPositions, type LookPatch, withLook } from '../../domain/index.js';
import { contrast, parseHex } from '../../tokens/index.js';
import { handClient, item, settingsOf, thread, type HandClient } from './chat-widget.fixture.js';
import type { ChatWidget } from './chat-widget.js';
import { drawn, find, get, staged, textOf } from './stage.fixture.js';

const within = ({ left, top, right, bottom }: DOMRect): boolean =>
  left >= 0 && top >= 0 && right <= 1024 && bottom <= 768;

const apart = (a: DOMRect, b: DOMRect): boolean =>
  a.right <= b.left || a.left >= b.right || a.bottom <= b.top || a.top >= b.bottom;

/** Contrast of a thing's own text with its own ground. */
function contrastIn(element: Element): number {
  const { color, backgroundColor } = getComputedStyle(element);
  const hex = (value: string): string =>
    `#${[...value.matchAll(/\d+/g)]
      .slice(0, 3)
      .map(([part]) => Number(part).toString(16).padStart(2, '0'))
      .join('')}`;
  const ink = parseHex(hex(color));
  const ground = parseHex(hex(backgroundColor));
  if (!ink || !ground) throw new Error(`No colours: ${color} on ${backgroundColor}`);
  return contrast(ink, ground);
}

describe('the look of chat-widget', () => {
  let client: HandClient;
  const look = (patch: LookPatch): void =>
    client.$settings.set(settingsOf({ look: withLook(defaultLook, patch) }));

  before(async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    await setViewport({ width: 1024, height: 768 });
  });
  after(() => emulateMedia({ reducedMotion: 'no-preference' }));

  beforeEach(() => {
    sessionStorage.clear();
    client = handClient();
  });

  for (const buttonStyle of ['round', 'tab'] as const) {
    for (const position of widgetPositions) {
      it(`is a ${buttonStyle} at ${position}, as the workspace has it, with the panel beside it`, async () => {
        look({ buttonStyle, position });
        const element = await staged(client, { open: true });
        const panel = get(element, '.panel').getBoundingClientRect();
        const launcher = get(element, '.launcher').getBoundingClientRect();
        expect([within(panel), within(launcher), apart(panel, launcher)]).to.deep.equal([
          true,
          true,
          true,
        ]);
        const [edge, place] = position;
        const atEdge =
          edge === 'b'
            ? launcher.bottom > 700
            : edge === 'l'
              ? launcher.left < 30
              : launcher.right > 990;
        expect(atEdge).to.equal(true);
        if (place === 'c') expect(launcher.left + launcher.width / 2).to.be.closeTo(512, 9);
        if (place === 'm') expect(launcher.top + launcher.height / 2).to.be.closeTo(384, 1);
        if (place === 't') expect(launcher.top).to.be.below(30);
      });
    }
  }

  it('turns a tab at the sides, and says on it what the workspace calls it', async () => {
    const texts = { en: { button: 'Ask our mechanics' } };
    client.$settings.set(
      settingsOf({ texts, look: withLook(defaultLook, { buttonStyle: 'tab', position: 'rm' }) }),
    );
    const element = await staged(client, { locale: 'en' });
    const launcher = get(element, '.launcher');
    expect(textOf(element, '.launcher')).to.equal('Ask our mechanics');
    expect(launcher.ariaLabel).to.equal('Ask our mechanics');
    const { width, height } = launcher.getBoundingClientRect();
    expect(width).to.be.below(height);
    client.$unread.set(2);
    await drawn(element);
    expect(launcher.ariaLabel).to.equal('Ask our mechanics, 2');
  });

  it('takes sizes, and attributes before the workspace', async () => {
    look({ buttonSize: 72, chatWidth: 420, chatHeight: 500, position: 'bl' });
    const element = await staged(client, { open: true });
    expect(get(element, '.launcher').offsetHeight).to.equal(72);
    expect(get(element, '.panel').offsetWidth).to.equal(420);
    expect(get(element, '.panel').offsetHeight).to.equal(500);
    for (const [name, value] of [
      ['button-size', '48'],
      ['chat-width', '340'],
      ['chat-height', '480'],
      ['position', 'br'],
    ] as const) {
      element.setAttribute(name, value);
    }
    await drawn(element);
    expect(get(element, '.launcher').offsetHeight).to.equal(48);
    expect(get(element, '.panel').offsetWidth).to.equal(340);
    expect(get(element, '.panel').offsetHeight).to.equal(480);
    expect(get(element, '.launcher').getBoundingClientRect().right).to.be.above(990);
  });

  it('follows the workspace live, and goes back to its own', async () => {
    const element = await staged(client);
    look({ position: 'lt', buttonStyle: 'tab', colors: { buttonBg: '#ffd000' } });
    await drawn(element);
    expect(element.getBoundingClientRect().left).to.equal(0);
    look({});
    await drawn(element);
    const { right, width } = get(element, '.launcher').getBoundingClientRect();
    expect([right, width]).to.deep.equal([1000, 56]);
    expect(element.style.getPropertyValue('--conv-accent')).to.equal('');
  });

  it('computes an ink that reads for each colour, whatever it is', async () => {
    client.$thread.set(thread([item({ text: 'Hello' })]));
    for (const color of ['#ffff00', '#000000', '#ff5a00', '#777777', '#ffffff']) {
      look({
        colors: {
          buttonBg: color,
          buttonText: color,
          chatBg: color,
          clientBubbleBg: color,
          agentBubbleBg: color,
        },
      });
      const element = await staged(client, { open: true });
      const bubble = find(element, 'conv-message')?.shadowRoot?.querySelector('.bubble') as Element;
      for (const part of [get(element, '.launcher'), get(element, '.header'), bubble]) {
        expect(contrastIn(part), `${color} ${part.className}`).to.be.at.least(4.5);
      }
      await expect(element, color).to.be.accessible();
    }
  });

  it('warns of a position that there is not, once, and stands where it always does', async () => {
    const { warn } = console;
    const said: unknown[] = [];
    console.warn = (text: unknown) => said.push(text);
    const element = await staged(client, { position: 'middle' as 'br' });
    console.warn = warn;
    expect(said).to.have.length(1);
    expect(said[0]).to.match(/bad_position: "middle"/);
    expect(element.getBoundingClientRect().right).to.equal(1000);
  });

  describe('placing', () => {
    it('fills the place of its tag, open, without a button', async () => {
      const element = await staged(client, { layout: 'inline' });
      const place = element.parentElement as HTMLElement;
      place.style.cssText = 'inline-size: 400px; block-size: 500px';
      await nextFrame();
      const box = place.getBoundingClientRect();
      const panel = get(element, '.panel').getBoundingClientRect();
      expect([panel.left, panel.top, panel.width, panel.height]).to.deep.equal([
        box.left,
        box.top,
        400,
        500,
      ]);
      expect(find(element, '.launcher')).to.equal(null);
      expect(element.shadowRoot?.activeElement).to.equal(null);
      expect(sessionStorage).to.have.length(0);
    });

    it('fills the window as a page', async () => {
      const element = await staged(client, { layout: 'page' });
      const { width, height } = get(element, '.panel').getBoundingClientRect();
      expect([width, height]).to.deep.equal([1024, 768]);
    });

    it('leaves the button to the page, and stands beside it', async () => {
      const element = await staged(client, { launcher: 'none', open: true });
      expect(find(element, '.launcher')).to.equal(null);
      const { right, bottom } = get(element, '.panel').getBoundingClientRect();
      expect([right, bottom]).to.deep.equal([1000, 768 - 24 - 56 - 16]);
    });

    it('stands on a page several times, each with its own', async () => {
      const other = handClient();
      client.$unread.set(1);
      const elements: ChatWidget[] = [
        await staged(client),
        await staged(other, { position: 'bl' }),
      ];
      const names = elements.map((element) => get(element, '.launcher').ariaLabel);
      expect(names).to.deep.equal(['Open chat, 1 unread', 'Open chat']);
      elements[1]?.openChat();
      await Promise.all(elements.map(drawn));
      expect(elements.map(({ open }) => open)).to.deep.equal([false, true]);
    });
  });

  it('says whose kit it is only where the workspace wants that', async () => {
    const element = await staged(client, { open: true });
    expect(find(element, '.powered')).to.equal(null);
    look({ poweredBy: true });
    await waitUntil(() => find(element, '.powered'));
    expect(textOf(element, '.powered')).to.equal('Powered by ConvKit');
  });

  it('speaks as the workspace does, in each language', async () => {
    const texts = {
      en: { greeting: 'Ahoy', available: 'We are on deck', empty: 'Say it', placeholder: 'Go on' },
      de: { greeting: 'Moin' },
    };
    client.$settings.set(settingsOf({ texts, greeting: 'Old' }));
    const element = await staged(client, { open: true, locale: 'en-GB' });
    expect(textOf(element, '.greeting')).to.equal('Ahoy');
    expect(textOf(element, '.availability')).to.equal('We are on deck');
    expect(textOf(element, '[part="empty"]')).to.equal('Say it');
    expect(get<HTMLTextAreaElement>(element, '.field').placeholder).to.equal('Go on');
    element.locale = 'de';
    await drawn(element);
    expect(textOf(element, '.greeting')).to.equal('Moin');
  });
});
