/**
 * `npm run new:element conv-foo` makes an element that renders, with its styles, its test and its
 * pages: src/elements/conv-foo/conv-foo.ts, .styles.ts, .test.ts, docs/elements/conv-foo.md and
 * demo/elements/conv-foo.html.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Paths and texts of a new element; throws when the name is none that may be used here. */
export function files(tag) {
  if (!/^(conv|chat)(-[a-z][a-z0-9]*)+$/.test(tag)) {
    throw new Error(`"${tag}" is no element name of this project: use conv-noun, in lower case.`);
  }
  const className = tag.replace(/(?:^|-)([a-z])/g, (_match, letter) => letter.toUpperCase());
  const folder = `src/elements/${tag}`;
  return {
    [`${folder}/${tag}.ts`]: element(tag, className),
    [`${folder}/${tag}.styles.ts`]: styles,
    [`${folder}/${tag}.test.ts`]: test(tag, className),
    [`docs/elements/${tag}.md`]: page(tag),
    [`demo/elements/${tag}.html`]: demo(tag),
  };
}

/** Writes them below `base`; an existing file is never overwritten. */
export async function create(tag, base = root) {
  const made = Object.entries(files(tag));
  for (const [path, text] of made) {
    await mkdir(dirname(join(base, path)), { recursive: true });
    await writeFile(join(base, path), text, { flag: 'wx' });
  }
  return made.map(([path]) => path);
}

const element = (tag, className) => `import { html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { customElement } from '../shared/custom-element.js';
import { baseStyles } from '../shared/styles.js';
import { styles } from './${tag}.styles.js';

/**
 * @summary What it is, in one sentence.
 *
 * @slot - The content.
 *
 * @csspart base - The element's box.
 */
@customElement('${tag}')
export class ${className} extends LitElement {
  static override styles = [baseStyles, styles];

  /** The text before the content. */
  @property() label = '';

  override render(): TemplateResult {
    return html\`<div part="base"><span>\${this.label}</span><slot></slot></div>\`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    '${tag}': ${className};
  }
}
`;

const styles = `import { css } from 'lit';

export const styles = css\`
  :host {
    display: block;
  }
\`;
`;

const test = (tag, className) => `import { expect, fixture, html } from '@open-wc/testing';
import type { ${className} } from './${tag}.js';
import './${tag}.js';

describe('<${tag}>', () => {
  it('shows its label', async () => {
    const el = await fixture<${className}>(html\`<${tag} label="Hello"></${tag}>\`);
    expect(el.shadowRoot!.querySelector('span')!.textContent).to.equal('Hello');
  });

  it('shows a label that is set later', async () => {
    const el = await fixture<${className}>(html\`<${tag}></${tag}>\`);
    el.label = 'Later';
    await el.updateComplete;
    expect(el.shadowRoot!.querySelector('span')!.textContent).to.equal('Later');
  });

  it('is accessible', async () => {
    const el = await fixture<${className}>(html\`<${tag} label="Hello">world</${tag}>\`);
    await expect(el).to.be.accessible();
  });
});
`;

const page = (tag) => `# \`<${tag}>\`

What it is, in one sentence.

\`\`\`html
<${tag} label="Hello">world</${tag}>
\`\`\`

## When to use it

Its attributes, slots, parts and events stand in \`custom-elements.json\`.
`;

const demo = (tag) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${tag} · ConvKit</title>
    <link rel="stylesheet" href="./elements.css" />
    <script type="module" src="./page.ts"></script>
  </head>
  <body data-element="${tag}">
    <noscript>These pages show live elements: they need JavaScript.</noscript>
  </body>
</html>
`;

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [tag] = process.argv.slice(2);
  try {
    if (!tag) throw new Error('usage: npm run new:element conv-foo');
    for (const path of await create(tag)) console.log(path);
    console.log('Then: its live demo in demo/elements/demos.ts, and npm run manifest');
  } catch (error) {
    console.error(error.code === 'EEXIST' ? `${error.path} exists already` : error.message);
    process.exit(1);
  }
}
