import { expect, fixture, html } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { css, LitElement, type TemplateResult } from 'lit';
import { type } from '../../tokens/index.js';
import { customElement } from './custom-element.js';
import { find } from './dom.fixture.js';
import { baseStyles } from './styles.js';

@customElement('test-inner-text')
class InnerText extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .small {
        font-size: ${type.meta};
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<p>Text</p>
      <p class="small">Small <b>text</b></p>`;
  }
}

@customElement('test-outer-text')
class OuterText extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .small {
        font-size: ${type.meta};
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<p>Text</p>
      <div class="small"><test-inner-text></test-inner-text><slot></slot></div>`;
  }
}

const size = (element: Element | null | undefined): string =>
  element ? getComputedStyle(element).fontSize : 'nowhere';

async function page(said: string): Promise<Record<string, string>> {
  const host = await fixture(
    html`<div>
      <test-outer-text><test-inner-text></test-inner-text></test-outer-text>
    </div>`,
  );
  host.setAttribute('style', `font-size: 10px; --conv-font-size: ${said}`);
  const outer = host.querySelector<OuterText>('test-outer-text');
  const slotted = host.querySelector<InnerText>('test-inner-text');
  if (!outer || !slotted) throw new Error('There is nothing.');
  await Promise.all([outer.updateComplete, slotted.updateComplete]);
  const inner = find(outer, 'test-inner-text');
  return {
    outer: size(find(outer, 'p')),
    inner: size(inner && find(inner, 'p')),
    small: size(inner && find(inner, '.small b')),
    slotted: size(find(slotted, 'p')),
    slottedSmall: size(find(slotted, '.small b')),
  };
}

describe('styles of all elements', () => {
  for (const [said, text, small] of [
    ['200%', '20px', '17.1429px'],
    ['2em', '20px', '17.1429px'],
    ['28px', '28px', '24px'],
  ] as const) {
    it(`${said} of text is the same in an element, in those in it, and in its slots`, async () => {
      const sizes = await page(said);
      expect(sizes).to.deep.equal({
        outer: text,
        inner: text,
        small,
        slotted: text,
        slottedSmall: small,
      });
    });
  }

  it('with reduced motion a margin holds at once, so that no reading position is a frame late', async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    const element = await fixture<InnerText>(html`<test-inner-text></test-inner-text>`);
    const text = find(element, 'p');
    if (!text) throw new Error('There is no text.');
    const before = text.offsetHeight;
    text.style.paddingBlockStart = '100px';
    const after = text.offsetHeight;
    await emulateMedia({ reducedMotion: 'no-preference' });
    expect(after - before).to.equal(100);
  });
});
