import { expect } from '@open-wc/testing';
import { folded, matches, searchTerms, searchWords } from './index.js';

/** The parts of a text that are marked. */
const marked = (text: string, query: string): string[] =>
  matches(text, query).map(([from, to]) => text.slice(from, to));

/** Whether a query finds a text, as an index of its words does. */
function finds(text: string, query: string): boolean {
  const known = searchWords(text);
  const { words, prefix } = searchTerms(query);
  if (words.length === 0 && prefix === null) return false;
  return (
    words.every((each) => known.includes(each)) &&
    (prefix === null || known.some((each) => each.startsWith(prefix)))
  );
}

describe('words that are searched', () => {
  it('are folded: case, accents, ligatures and wide letters do not count', () => {
    expect(folded('Ångström ÉCLAIR ﬁn ＡＢＣ')).to.equal('angstrom eclair fin abc');
    expect(folded('ΟΔΟΣ')).to.equal(folded('οδος'));
    expect(folded('İstanbul')).to.equal('istanbul');
  });

  it('must all be there, the last one as the beginning of one', () => {
    expect(finds('Where is my parcel?', 'my par')).to.equal(true);
    expect(finds('Where is my parcel?', 'par my')).to.equal(false);
    expect(finds('Where is my parcel?', 'parcel where')).to.equal(true);
    expect(finds('vera@example.com', 'vera@exam')).to.equal(true);
    expect(finds('Order 10-2041', '2041')).to.equal(true);
    expect(finds('anything', ' … ')).to.equal(false);
  });

  it('are found in Arabic with and without vowel signs, hamza and kashida', () => {
    expect(finds('أين طردي؟', 'طرد')).to.equal(true);
    expect(finds('مُحَمَّد', 'محمد')).to.equal(true);
    expect(finds('محـــمد', 'محمد')).to.equal(true);
    expect(finds('أحمد', 'احمد')).to.equal(true);
    expect(finds('السلام عليكم', 'عليكم السلام')).to.equal(true);
  });

  it('are found within Thai, which has no spaces', () => {
    expect(finds('พัสดุของฉันอยู่ที่ไหน', 'ของฉัน')).to.equal(true);
    expect(finds('พัสดุของฉันอยู่ที่ไหน', 'ราคา')).to.equal(false);
  });

  it('are found within Japanese and Chinese, beside Latin words too', () => {
    expect(finds('荷物はどこですか', '荷物')).to.equal(true);
    expect(finds('コーヒーをください', 'コーヒー')).to.equal(true);
    expect(finds('ｺｰﾋｰをください', 'コーヒー')).to.equal(true);
    expect(finds('iPhoneの修理', 'iphone')).to.equal(true);
    expect(finds('iPhoneの修理', '修理 iph')).to.equal(true);
    expect(finds('我的包裹在哪里', '包裹')).to.equal(true);
    expect(finds('我的包裹在哪里', '裹包')).to.equal(false);
    expect(finds('修理', '修')).to.equal(true);
  });
});

describe('where the words stand', () => {
  it('S3.11 is exact in UTF-16, with accents in one piece or two and after emoji', () => {
    expect(marked('👩‍👩‍👧 Café au lait', 'cafe')).to.deep.equal(['Café']);
    const apart = 'Cafe\u0301 au lait';
    expect(marked(apart, 'cafe')).to.deep.equal(['Cafe\u0301']);
    expect(marked(apart, 'café')).to.deep.equal(['Cafe\u0301']);
    expect(marked('der Straßenﬁlm', 'straßenf')).to.deep.equal(['Straßenﬁ']);
  });

  it('begins with a word, and ends with it but for the last', () => {
    expect(marked('in the inbox, within', 'in')).to.deep.equal(['in', 'in']);
    expect(marked('in the inbox, within', 'in the')).to.deep.equal(['in', 'the']);
    expect(marked('Hello', 'world')).to.deep.equal([]);
    expect(marked('Hello', '')).to.deep.equal([]);
  });

  it('has no part over another', () => {
    expect(marked('parcels', 'parcels par')).to.deep.equal(['parcels']);
    expect(marked('ああああ', 'ああ')).to.deep.equal(['ああ', 'ああ']);
    expect(marked('aaa bbb', 'aaa bbb')).to.deep.equal(['aaa', 'bbb']);
  });

  it('is within text without spaces, and at a Latin word beside it', () => {
    expect(marked('荷物はどこですか', 'どこ')).to.deep.equal(['どこ']);
    expect(marked('私のiPhoneの修理', 'iphone 修理')).to.deep.equal(['iPhone', '修理']);
    expect(marked('พัสดุของฉันอยู่', 'ของฉัน')).to.deep.equal(['ของฉัน']);
    expect(marked('مُحَمَّد هنا', 'محمد')).to.deep.equal(['مُحَمَّد']);
  });
});
