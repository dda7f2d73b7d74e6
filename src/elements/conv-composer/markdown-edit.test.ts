import { expect } from '@open-wc/testing';
import { formatEdit, pasteEdit, type Edit, type Format } from './markdown-edit.js';
import { breakEdit } from './markdown-lines.js';

/** `[` and `]` mark the selection. */
function field(marked: string) {
  const start = marked.indexOf('[');
  const end = marked.indexOf(']') - 1;
  return { text: marked.replace(/[[\]]/g, ''), start, end };
}

function apply(text: string, edit: Edit): string {
  const out = text.slice(0, edit.from) + edit.insert + text.slice(edit.to);
  return (
    out.slice(0, edit.start) + '«' + out.slice(edit.start, edit.end) + '»' + out.slice(edit.end)
  );
}

function formatted(format: Format, marked: string): string {
  const before = field(marked);
  return apply(before.text, formatEdit(format, before));
}

describe('markdown edit (S3.23)', () => {
  const cases: [Format, string, string][] = [
    ['bold', 'say [hello] now', 'say **«hello»** now'],
    ['bold', 'say **[hello]** now', 'say «hello» now'],
    ['italic', '[]', '_«»_'],
    ['code', 'run [npm test]', 'run `«npm test»`'],
    ['code', '[a\nb]', '```\n«a\nb»\n```'],
    ['list', 'one\n[two\nthree]', 'one\n«- two\n- three»'],
    ['list', '[- two\n- three]', '«two\nthree»'],
    ['list', '[1. two\n2. three]', '«- two\n- three»'],
    ['numbered', 'one\n[two\nthree]', 'one\n«1. two\n2. three»'],
    ['numbered', '[1. two\n2. three]', '«two\nthree»'],
    ['quote', '[one\n- two]', '«> one\n> - two»'],
    ['quote', '[> one\n> two]', '«one\ntwo»'],
    ['strike', '[old] new', '~~«old»~~ new'],
    ['strike', '~~[old]~~ new', '«old» new'],
  ];
  for (const [format, before, after] of cases) {
    it(`${format}: ${JSON.stringify(before)}`, () => {
      expect(formatted(format, before)).to.equal(after);
    });
  }

  it('a link selects the address to be written', () => {
    const edit = formatEdit('link', { text: 'see docs', start: 4, end: 8 });
    expect(apply('see docs', edit)).to.equal('see [docs](«https://»)');
  });

  it('a link over an address asks for its label', () => {
    const text = 'https://shop.example';
    const edit = formatEdit('link', { text, start: 0, end: text.length });
    expect(apply(text, edit)).to.equal('[«»](https://shop.example)');
  });

  it('an address pasted over words makes a link of them', () => {
    const edit = pasteEdit('https://shop.example/a', { text: 'our shop', start: 4, end: 8 });
    expect(edit?.insert).to.equal('[shop](https://shop.example/a)');
  });

  it('an address pasted over nothing stays as it is', () => {
    expect(pasteEdit('https://shop.example', { text: 'a', start: 1, end: 1 })).to.equal(null);
  });

  const breaks: [string, string | null][] = [
    ['- one[]', '- one\n- «»'],
    ['- one[] two', '- one\n- «» two'],
    ['* one\n  9. two[]', '* one\n  9. two\n  10. «»'],
    ['> said[]', '> said\n> «»'],
    ['- one\n- []', '- one\n«»'],
    ['3) []', '«»'],
    ['plain[]', null],
    ['- one []two', '- one \n- «»two'],
    ['- [one]', null],
    ['-[]', null],
  ];
  for (const [before, after] of breaks) {
    it(`a line break after ${JSON.stringify(before)}`, () => {
      const given = field(before);
      const edit = breakEdit(given);
      expect(edit && apply(given.text, edit)).to.equal(after);
    });
  }
});
