import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compare, shown } from './manifest.mjs';

describe('manifest check', () => {
  const source = `
    /** @csspart ghost */
    html\`<slot name="head"></slot><slot></slot><b part="base \${x}"></b><i part=icon></i>\`;
    this.dispatchEvent(new CustomEvent<Sent>('conv-message-sent', { detail }));
    emit(this, 'chat-opened');
    this.querySelector('conv-dot');
  `;

  it('finds slots, parts and events in a source', () => {
    const { slots, parts, events } = shown(source);
    assert.deepEqual([...slots], ['head', '']);
    assert.deepEqual([...parts], ['base', 'icon']);
    assert.deepEqual([...events], ['conv-message-sent', 'chat-opened']);
  });

  it('names what is shown but not documented, and the other way round', () => {
    const declaration = {
      tagName: 'conv-x',
      slots: [
        { name: '', description: 'Content.' },
        { name: 'head', description: 'Head.' },
      ],
      cssParts: [
        { name: 'base', description: 'Base.' },
        { name: 'ghost', description: 'Nowhere.' },
      ],
      events: [
        { name: 'conv-message-sent', type: { text: 'CustomEvent<Sent>' } },
        { name: 'chat-opened', description: 'Opened.', type: { text: 'CustomEvent' } },
      ],
      members: [{ kind: 'field', name: 'size' }],
    };
    assert.deepEqual(compare(declaration, source), [
      '<conv-x> shows part "icon", which its class comment lacks (@csspart)',
      '<conv-x> documents part "ghost", which its source lacks',
      '<conv-x> shows event "conv-message-sent", which its class comment lacks (@event)',
      '<conv-x> event "chat-opened" has no type of its detail',
      '<conv-x> property "size" has no comment',
    ]);
  });
});
