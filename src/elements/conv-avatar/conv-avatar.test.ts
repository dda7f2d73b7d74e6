import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { hostile } from '../../content/hostile.fixture.js';
import { traces } from '../../content/audit.fixture.js';
import { avatarTones, contrast, parseHex } from '../../tokens/index.js';
import './conv-avatar.js';
import './status.js';
import type { ConvAvatar } from './conv-avatar.js';
import { initials, toneOf } from './initials.js';

const pixel = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';

describe('initials', () => {
  for (const [name, expected] of [
    ['Giulia Rossi', 'GR'],
    ['Maja', 'M'],
    ['  Jean-Luc   van der Berg ', 'JB'],
    ['élodie', 'É'],
    ['👩🏽‍🚀 Rivera', '👩🏽‍🚀R'],
    ['क्षितिज शर्मा', 'क्षिश'],
    ['"Ann" (Support)', 'AS'],
    ['عمر الفارسي', 'عا'],
    ['ǆ', 'Ǆ'],
    ['', ''],
    ['\u202e', '\u202e'],
  ]) {
    it(`of ${name} are ${expected}`, () => {
      expect(initials(name ?? '')).to.equal(expected);
    });
  }
});

describe('toneOf', () => {
  it('is always the same for one person, and spread over many', () => {
    expect(toneOf('ct_1', 8)).to.equal(toneOf('ct_1', 8));
    const used = new Set(Array.from({ length: 200 }, (_, index) => toneOf(`ct_${index}`, 8)));
    expect(used.size).to.equal(8);
  });

  it('chooses among grounds on which white reads', () => {
    for (const tone of avatarTones) {
      expect(contrast(parseHex(tone) ?? [0, 0, 0], [255, 255, 255])).to.be.at.least(4.5);
    }
  });
});

describe('conv-avatar', () => {
  const face = (element: ConvAvatar): Element | null =>
    element.shadowRoot?.querySelector('[part="face"]') ?? null;

  it('is decoration unless it is labelled', async () => {
    const element = await fixture<ConvAvatar>(
      html`<conv-avatar name="Giulia Rossi"></conv-avatar>`,
    );
    expect(face(element)?.getAttribute('aria-hidden')).to.equal('true');
    expect(face(element)?.textContent?.trim()).to.equal('GR');
    await expect(element).to.be.accessible();
  });

  it('tells name and status when it is labelled', async () => {
    const element = await fixture<ConvAvatar>(
      html`<conv-avatar name="Giulia Rossi" status="invisible" labelled></conv-avatar>`,
    );
    expect(face(element)?.ariaLabel).to.equal('Giulia Rossi, Invisible');
    await expect(element).to.be.accessible();
  });

  it('shows a figure where there is no name', async () => {
    const element = await fixture<ConvAvatar>(html`<conv-avatar></conv-avatar>`);
    expect(face(element)?.querySelector('svg')).to.not.equal(null);
  });

  it('shows the picture, and initials when it cannot be loaded', async () => {
    const address = URL.createObjectURL(new Blob(['no picture']));
    const element = await fixture<ConvAvatar>(
      html`<conv-avatar name="Giulia Rossi" src=${address}></conv-avatar>`,
    );
    const picture = face(element)?.querySelector('img');
    expect(picture?.getAttribute('referrerpolicy')).to.equal('no-referrer');
    picture?.dispatchEvent(new Event('error'));
    await element.updateComplete;
    expect(face(element)?.textContent?.trim()).to.equal('GR');
  });

  it('loads no picture from within an address', async () => {
    const element = await fixture<ConvAvatar>(
      html`<conv-avatar name="Ann" src=${pixel}></conv-avatar>`,
    );
    expect(face(element)?.querySelector('img')).to.equal(null);
  });

  it('runs and loads nothing of a hostile name', async () => {
    const element = await fixture<ConvAvatar>(html`<conv-avatar labelled></conv-avatar>`);
    for (const name of hostile) {
      element.name = name;
      element.personId = name;
      await element.updateComplete;
      expect(face(element)?.querySelectorAll(':not(svg, svg *)')).to.have.length(0);
    }
    await nextFrame();
    expect(traces()).to.deep.equal([]);
  });
});
