/**
 * A lint rule: no inline style attribute in a Lit template. A strict CSP drops it, silently. Only
 * `style=${styleMap(…)}` is allowed: it sets properties through the CSSOM.
 */
const attribute = /\sstyle\s*=\s*["']?/g;

export const noInlineStyle = {
  meta: {
    type: 'problem',
    docs: { description: 'Forbid inline style attributes in templates' },
    messages: { inline: 'No inline style attribute: use a class, a custom property or styleMap.' },
    schema: [],
  },
  create(context) {
    return {
      TaggedTemplateExpression({ tag, quasi }) {
        if (tag.type !== 'Identifier' || !['html', 'svg'].includes(tag.name)) return;
        quasi.quasis.forEach((element, index) => {
          const text = element.value.raw;
          for (const match of text.matchAll(attribute)) {
            const atEnd = match.index + match[0].length === text.length;
            const value = atEnd ? quasi.expressions[index] : undefined;
            const isStyleMap =
              value?.type === 'CallExpression' &&
              value.callee.type === 'Identifier' &&
              value.callee.name === 'styleMap';
            if (!isStyleMap) context.report({ node: element, messageId: 'inline' });
          }
        });
      },
    };
  },
};
