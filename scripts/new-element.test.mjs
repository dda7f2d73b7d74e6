import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { check } from 'prettier';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { create, files } from './new-element.mjs';
import { compare } from './manifest.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));

describe('new:element', () => {
  let folder;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'element-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('writes the files of an element', async () => {
    const made = await create('conv-foo-bar', folder);
    assert.deepEqual(made, [
      'src/elements/conv-foo-bar/conv-foo-bar.ts',
      'src/elements/conv-foo-bar/conv-foo-bar.styles.ts',
      'src/elements/conv-foo-bar/conv-foo-bar.test.ts',
      'docs/elements/conv-foo-bar.md',
      'demo/elements/conv-foo-bar.html',
    ]);
    const text = await readFile(join(folder, made[0]), 'utf8');
    assert.match(text, /class ConvFooBar extends LitElement/);
  });

  it('never overwrites', async () => {
    await create('conv-foo', folder);
    await assert.rejects(create('conv-foo', folder), { code: 'EEXIST' });
  });

  it('refuses other names', () => {
    for (const name of ['foo', 'x-foo', 'conv-', 'Conv-Foo', 'conv-foo_bar', '../conv-a']) {
      assert.throws(() => files(name), /no element name/);
    }
  });

  it('makes files that are formatted and break no rule', async () => {
    const eslint = new ESLint({
      cwd: root,
      overrideConfigFile: join(root, 'config/eslint.config.mjs'),
      overrideConfig: [tseslint.configs.disableTypeChecked],
    });
    for (const [path, text] of Object.entries(files('conv-foo-bar'))) {
      const parser = { md: 'markdown', ts: 'typescript', html: 'html' }[path.split('.').at(-1)];
      const options = { parser, singleQuote: true, printWidth: 100 };
      assert.ok(await check(text, options), `${path} is not formatted`);
      if (!path.endsWith('.ts')) continue;
      const [result] = await eslint.lintText(text, { filePath: join(root, path) });
      assert.deepEqual(result.messages, [], path);
      const { diagnostics } = ts.transpileModule(text, { reportDiagnostics: true });
      assert.deepEqual(diagnostics, [], path);
    }
  });

  it('documents what it shows', () => {
    const text = files('conv-foo')['src/elements/conv-foo/conv-foo.ts'];
    const described = (name) => [{ name, description: 'x' }];
    const declaration = {
      tagName: 'conv-foo',
      slots: described(''),
      cssParts: described('base'),
    };
    assert.deepEqual(compare(declaration, text), []);
  });
});
