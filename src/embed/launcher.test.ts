import { expect } from '@open-wc/testing';
import { createLauncher } from './launcher.js';
import { openingWords } from './launcher-words.js';
import { registerPhrases } from './phrases.js';
import { translationsFor } from '../i18n/registry.js';

const look = { buttonStyle: 'round', position: 'br', buttonSize: 56, colors: {} } as const;

describe('the button of the loader', () => {
  let host: HTMLElement;
  afterEach(() => host.remove());

  function drawn(...[changes, open = false, unread = 0]: [object?, boolean?, number?]) {
    const [element, , button, draw] = createLauncher();
    host = element;
    document.documentElement.append(host);
    draw({ ...look, ...changes }, open, unread, 'Open chat, 3 unread', 'Open chat');
    return button;
  }

  it('is named with what is unread, and shows it', async () => {
    const button = drawn({}, false, 3);
    expect(button.ariaLabel).to.equal('Open chat, 3 unread');
    expect(button.querySelector('b')?.textContent).to.equal('3');
    await expect(host).to.be.accessible();
  });

  it('shows no more than 99+, and nothing while the panel is open', () => {
    expect(drawn({}, false, 120).querySelector('b')?.textContent).to.equal('99+');
    host.remove();
    expect(drawn({}, true, 3).querySelector('b')?.hidden).to.equal(true);
  });

  it('puts the number after the words of a tab, in both directions', () => {
    for (const dir of ['ltr', 'rtl']) {
      for (const position of ['br', 'bl', 'lm', 'rm']) {
        const button = drawn({ buttonStyle: 'tab', position }, false, 120);
        host.dir = dir;
        const words = document.createRange();
        words.selectNodeContents(
          [...button.childNodes].find((node) => node instanceof Text) ?? host,
        );
        const caption = words.getBoundingClientRect();
        const badge = button.querySelector('b')?.getBoundingClientRect() ?? new DOMRect();
        const apart =
          badge.left >= caption.right ||
          badge.right <= caption.left ||
          badge.top >= caption.bottom ||
          badge.bottom <= caption.top;
        expect(apart, `${dir} ${position}`).to.equal(true);
        host.remove();
      }
    }
  });

  it('has an ink that reads on any colour of the workspace', () => {
    expect(getComputedStyle(drawn({ colors: { buttonBg: '#ffee00' } })).color).to.match(/^lab\(0 /);
    host.remove();
    expect(getComputedStyle(drawn({ colors: { buttonBg: '#000080' } })).color).to.match(
      /^lab\(100 /,
    );
  });

  it('stands against a page that restyles everything', () => {
    const style = document.createElement('style');
    style.textContent =
      'html > * { display: none !important; position: static !important; transform: scale(2) !important; }' +
      "*::before, *::after { content: 'a box' !important; }";
    document.head.append(style);
    const box = drawn().getBoundingClientRect();
    expect(host.offsetWidth).to.equal(0);
    style.remove();
    expect([box.width, box.height]).to.deep.equal([56, 56]);
    expect(Math.round(innerWidth - box.right)).to.be.within(16, 40);
  });

  it('takes no click but its own', () => {
    drawn();
    expect(document.elementFromPoint(innerWidth / 2, innerHeight / 2)).not.to.equal(host);
  });
});

describe('words before the widget is loaded', () => {
  it('are those of the language, with its region or without', () => {
    expect(openingWords('de', 'de')).to.equal('Chat öffnen');
    expect(openingWords('pt-BR', 'pt')).to.equal('Abrir chat');
    expect(openingWords('DE', 'DE')).to.equal('Chat öffnen');
    for (const tag of ['zh-TW', 'zh-HK', 'zh-MO', 'zh-Hant', 'zh-Hant-HK']) {
      expect(openingWords(tag, 'zh'), tag).to.equal('開啟聊天');
    }
    for (const tag of ['zh', 'zh-CN', 'zh-SG', 'zh-Hans-HK', 'zh-MY']) {
      expect(openingWords(tag, 'zh'), tag).to.equal('打开聊天');
    }
    expect(openingWords('xx', 'xx')).to.equal('Open chat');
  });

  it('own words are known by name, by path and by key', () => {
    registerPhrases(
      { greeting: 'Ahoy', chat: { input: { placeholder: 'Type' } }, 'chat.send': 'Off' },
      'en-x-test',
    );
    const [own] = translationsFor('en-x-test');
    expect(own).to.deep.equal({
      'chat.greeting': 'Ahoy',
      'chat.placeholder': 'Type',
      'chat.send': 'Off',
    });
  });
});
