import { expect, html, nextFrame } from '@open-wc/testing';
import { traces } from '../../content/audit.fixture.js';
import { hostile } from '../../content/hostile.fixture.js';
import { markdownChunk } from '../../content/index.js';
import { giulia, handClient, item, ownItem, settingsOf, thread } from './chat-widget.fixture.js';
import './chat-widget.js';
import { widget } from './stage.fixture.js';

/** Texts shown at a time. */
const batch = 20;

/** What could run, load or restyle; our own template has none of these. */
const dangerous =
  'script, style, link, meta, base, iframe, object, embed, form, img, video, audio, template, [style]';

describe('chat-widget with hostile texts', () => {
  it('runs and loads nothing, whatever is a text, a name or a greeting', async () => {
    await markdownChunk.get();
    const client = handClient();
    const element = await widget(html`<chat-widget .client=${client} open></chat-widget>`);
    for (let start = 0; start < hostile.length; start += batch) {
      const texts = hostile.slice(start, start + batch);
      const agents = texts.map((text) => ({ id: text, name: text, avatarUrl: null }));
      const [greeting = ''] = texts;
      client.$settings.set(settingsOf({ workspaceName: greeting, greeting }));
      client.$availability.set({ mode: 'live', agents, version: 1 });
      client.$typing.set(agents.map((agent) => ({ type: 'agent', ...agent })));
      client.$draft.set(greeting);
      client.$thread.set(
        thread(
          texts.flatMap((text, index) => [
            item({
              text,
              author: { type: 'agent', ...giulia, ...agents[index] },
              format: 'markdown',
            }),
            ownItem({ text }),
          ]),
        ),
      );
      await element.updateComplete;
      const found = [...(element.shadowRoot?.querySelectorAll(dangerous) ?? [])];
      expect(found.map(({ outerHTML }) => outerHTML)).to.deep.equal([]);
    }
    await nextFrame();
    expect(traces()).to.deep.equal([]);
  });
});
