import { expect } from '@open-wc/testing';
import purifier from 'dompurify';
import { audit, traces } from './audit.fixture.js';
import { hostile } from './hostile.fixture.js';
import { renderMarkdown } from './markdown.js';
import { hasMarkup } from './markup.js';

function rendered(text: string): HTMLElement {
  const place = document.createElement('div');
  place.append(renderMarkdown(text));
  return place;
}

describe('renderMarkdown', () => {
  it('renders what agents write', () => {
    const place = rendered('**bold**, *italic*, ~~gone~~ and `code`\n\n- one\n- two');
    expect(place.querySelector('strong')?.textContent).to.equal('bold');
    expect(place.querySelector('em')?.textContent).to.equal('italic');
    expect(place.querySelector('del')?.textContent).to.equal('gone');
    expect(place.querySelector('code')?.textContent).to.equal('code');
    expect(place.querySelectorAll('li')).to.have.length(2);
  });

  it('breaks a line where it was broken', () => {
    expect(rendered('one\ntwo').querySelector('br')).to.exist;
  });

  it('opens links outside and tells the other site nothing', () => {
    const link = rendered('[docs](https://example.com/a)').querySelector('a');
    expect(link?.href).to.equal('https://example.com/a');
    expect(link?.target).to.equal('_blank');
    expect(link?.rel).to.equal('noopener noreferrer nofollow');
  });

  it('keeps links to mail and telephone', () => {
    const place = rendered('[mail](mailto:a@x.example) [call](tel:+4670555)');
    const hrefs = [...place.querySelectorAll('a')].map((link) => link.getAttribute('href'));
    expect(hrefs).to.deep.equal(['mailto:a@x.example', 'tel:+4670555']);
  });

  it('makes a link of an image', () => {
    const place = rendered('![a cat](https://example.com/cat.png)');
    expect(place.querySelector('img')).to.not.exist;
    expect(place.querySelector('a')?.textContent).to.equal('a cat');
  });

  it('shows HTML as it was typed', () => {
    expect(rendered('a <b>c</b> & d').textContent?.trim()).to.equal('a <b>c</b> & d');
  });

  it('refuses to work where nothing can be cleaned', () => {
    const supported = Object.getOwnPropertyDescriptor(purifier, 'isSupported');
    Object.defineProperty(purifier, 'isSupported', { value: false, configurable: true });
    try {
      expect(() => renderMarkdown('x')).to.throw('DOMPurify');
    } finally {
      if (supported) Object.defineProperty(purifier, 'isSupported', supported);
    }
  });

  it('makes one paragraph of what has no markup', () => {
    const plain = ['[12] well', 'a - b', '3 of 4', 'Wow! [x] y', 'it’s 10.5 %', 'a + b = c', ''];
    const texts = [...plain, ...hostile].filter((text) => !hasMarkup(text));
    for (const text of plain) expect(hasMarkup(text), text).to.equal(false);
    for (const text of texts.filter((one) => one !== '')) {
      const place = rendered(text);
      expect(place.innerHTML.trim()).to.match(/^<p>[^<]*<\/p>$/);
      expect(place.textContent?.trim()).to.equal(text);
    }
    for (const text of ['so *it* is', '1. one', '- a', '# a', 'https://a.example', 'a\nb']) {
      expect(hasMarkup(text), text).to.equal(true);
    }
  });

  it('has a corpus of at least 200 hostile texts', () => {
    expect(new Set(hostile).size).to.be.at.least(200);
  });

  it('lets nothing of the corpus run, load or restyle', async () => {
    const place = document.createElement('div');
    document.body.append(place);
    for (const text of hostile) {
      place.replaceChildren(renderMarkdown(text));
      expect(audit(place), text.slice(0, 200)).to.deep.equal([]);
    }
    await new Promise((done) => requestAnimationFrame(done));
    expect(traces()).to.deep.equal([]);
    place.remove();
  });

  it('renders each text of the corpus in under half a second', () => {
    for (const text of hostile) {
      const start = performance.now();
      renderMarkdown(text);
      expect(performance.now() - start, text.slice(0, 40)).to.be.below(500);
    }
  });
});
