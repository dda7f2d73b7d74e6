import { expect, fixture, html } from '@open-wc/testing';
import './conv-dot.js';
import type { ConvDot } from './conv-dot.js';

describe('conv-dot', () => {
  it('shows nothing by default (S2.1)', async () => {
    const element = await fixture<ConvDot>(html`<conv-dot></conv-dot>`);
    expect(element.shadowRoot?.querySelector('*')).to.equal(null);
    expect(element.getBoundingClientRect().width).to.equal(0);
  });

  for (const [status, label] of [
    ['new', 'New'],
    ['missed', 'Missed'],
  ] as const) {
    it(`says ${label} in words (S2.2, S2.3)`, async () => {
      const element = await fixture<ConvDot>(html`<conv-dot status=${status}></conv-dot>`);
      const dot = element.shadowRoot?.querySelector('[part="dot"]');
      expect(dot?.role).to.equal('img');
      expect(dot?.ariaLabel).to.equal(label);
      await expect(element).to.be.accessible();
    });
  }
});
