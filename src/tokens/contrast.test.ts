import { expect } from '@open-wc/testing';
import { accentTokens, applyAccent } from './accent.js';
import { contrast, inkOn, parseHex, readableOn } from './contrast.js';

const rgb = (hex: string): readonly [number, number, number] => {
  const color = parseHex(hex);
  if (!color) throw new Error(`${hex} is not a colour.`);
  return color;
};

/** Every shade of a coarse cube: 343 colours. */
const steps = [0, 43, 86, 128, 171, 214, 255];
const cube = steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => [r, g, b] as const)));

describe('contrast', () => {
  it('is that of WCAG', () => {
    expect(contrast(rgb('#000'), rgb('#fff'))).to.be.closeTo(21, 0.001);
    expect(contrast(rgb('#767676'), rgb('#fff'))).to.be.closeTo(4.54, 0.01);
  });

  it('reads short and long colours, and nothing else', () => {
    expect(parseHex('#0af')).to.deep.equal([0, 170, 255]);
    expect(parseHex(' #00AAFF ')).to.deep.equal([0, 170, 255]);
    for (const bad of ['', 'red', '#12', '#12345', 'url(#abc)']) {
      expect(parseHex(bad)).to.equal(null);
    }
  });

  it('finds an ink of 4.5:1 for any ground', () => {
    for (const ground of cube) expect(contrast(inkOn(ground), ground)).to.be.at.least(4.5);
  });

  it('finds a readable shade of any colour on any ground', () => {
    for (const ground of [rgb('#fff'), rgb('#1c1b19'), rgb('#808080')]) {
      for (const color of cube) {
        expect(contrast(readableOn(color, ground), ground)).to.be.at.least(4.5);
      }
    }
  });

  it('leaves a colour alone that reads already', () => {
    expect(readableOn(rgb('#0b6670'), rgb('#ffffff'))).to.deep.equal(rgb('#0b6670'));
  });
});

describe('accentTokens', () => {
  it('gives ink and ground that go together, in both themes', () => {
    for (const accent of ['#ffff00', '#000000', '#ffffff', '#ff5a00', '#0b6670']) {
      const tokens = accentTokens(accent);
      const shades = (name: '--conv-accent' | '--conv-on-accent'): string[] =>
        tokens?.[name].match(/#[\da-f]{6}/g) ?? [];
      const grounds = shades('--conv-accent');
      shades('--conv-on-accent').forEach((ink, theme) => {
        expect(contrast(rgb(ink), rgb(grounds[theme] ?? ''))).to.be.at.least(4.5);
      });
      expect(contrast(rgb(grounds[0] ?? ''), rgb('#ffffff'))).to.be.at.least(3);
      expect(contrast(rgb(grounds[1] ?? ''), rgb('#1c1b19'))).to.be.at.least(3);
    }
  });

  it('refuses what is no colour', () => {
    expect(accentTokens('red;background:url(x)')).to.equal(null);
  });

  it('is set on an element and taken away again', () => {
    const host = document.createElement('div');
    applyAccent(host, '#ff5a00');
    expect(host.style.getPropertyValue('--conv-header')).to.equal('#ff5a00');
    applyAccent(host, 'no colour');
    expect(host.style.length).to.equal(0);
  });
});
