import { expect } from '@open-wc/testing';
import { contrast, parseHex, toHex } from '../../../tokens/contrast.js';
import { chatTokens } from './colors.js';

/** Every shade of a coarse cube, and of grey: where neither black nor white stands out by much. */
const steps = [0, 51, 102, 119, 128, 153, 204, 255];
const cube = steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => [r, g, b] as const)));
const greys = Array.from({ length: 256 }, (_, part) => [part, part, part] as const);

const none = { buttonBg: null, buttonText: null, clientBubbleBg: null, agentBubbleBg: null };

describe('colours that follow from that of the panel', () => {
  it('words read on the panel, and on what is set off on it', () => {
    for (const panel of [...cube, ...greys].map((rgb) => toHex(rgb))) {
      const tokens = chatTokens({ ...none, chatBg: panel }, null);
      const of = (name: string): readonly [number, number, number] =>
        parseHex(tokens[name] ?? '') ?? [0, 0, 0];
      for (const ground of ['--conv-surface', '--conv-sunken']) {
        for (const ink of ['--conv-ink', '--conv-secondary', '--conv-tertiary']) {
          const found = contrast(of(ink), of(ground));
          expect(found, `${ink} on ${ground}, ${panel}`).to.be.at.least(4.5);
        }
      }
    }
  });
});
