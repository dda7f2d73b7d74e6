import { expect } from '@open-wc/testing';
import { hostile } from './hostile.fixture.js';
import { safeHref } from '../domain/safe-href.js';
import { linkify } from './linkify.js';

const hrefs = (text: string): (string | undefined)[] => linkify(text).map(({ href }) => href);

describe('linkify', () => {
  it('finds addresses and keeps the text around them', () => {
    expect(linkify('see https://x.example/a?b=1#c now')).to.deep.equal([
      { text: 'see ' },
      { text: 'https://x.example/a?b=1#c', href: 'https://x.example/a?b=1#c' },
      { text: ' now' },
    ]);
  });

  it('finds email addresses', () => {
    expect(linkify('write to maja@lindqvist.example.')).to.deep.equal([
      { text: 'write to ' },
      { text: 'maja@lindqvist.example', href: 'mailto:maja@lindqvist.example' },
      { text: '.' },
    ]);
  });

  it('leaves the marks of the sentence out', () => {
    expect(linkify('(https://x.example/a).')[1]?.text).to.equal('https://x.example/a');
    expect(linkify('https://x.example/a_(b)')[0]?.text).to.equal('https://x.example/a_(b)');
  });

  it('finds several', () => {
    expect(hrefs('http://a.example http://b.example')).to.deep.equal([
      'http://a.example/',
      undefined,
      'http://b.example/',
    ]);
  });

  it('stops at characters that hide what an address is', () => {
    expect(linkify('https://safe.example/\u202ehttps://x')[0]?.text).to.equal(
      'https://safe.example/',
    );
  });

  it('loses not one character of any text', () => {
    for (const text of hostile) {
      const joined = linkify(text)
        .map((segment) => segment.text)
        .join('');
      expect(joined).to.equal(text);
    }
  });

  it('links to nothing but web, mail and telephone', () => {
    for (const text of hostile) {
      for (const href of hrefs(text)) {
        if (href !== undefined) expect(href).to.match(/^(?:https?:|mailto:)/);
      }
    }
    expect(safeHref('javascript:alert(1)')).to.equal(null);
    expect(safeHref('/relative')).to.equal(null);
  });
});
