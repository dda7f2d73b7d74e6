import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { globSync } from 'tinyglobby';
import tseslint from 'typescript-eslint';
import {
  floors,
  forbiddenPairs,
  forbiddenServerPairs,
  testingFolder,
} from '../config/eslint-floors.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));

describe('lint rules', () => {
  /** @type {ESLint} */
  let eslint;

  before(() => {
    eslint = new ESLint({
      cwd: root,
      overrideConfigFile: join(root, 'config/eslint.config.mjs'),
      // The snippets are in no project: type-aware rules stay out.
      overrideConfig: [tseslint.configs.disableTypeChecked],
    });
  });

  /** Lints a text as if it stood in `file`; returns the names of the rules it breaks. */
  async function broken(file, text) {
    const [result] = await eslint.lintText(text, { filePath: join(root, file) });
    assert.ok(result, `${file} is ignored by the lint configuration`);
    for (const message of result.messages) assert.equal(message.fatal, undefined, message.message);
    return result.messages.map((message) => message.ruleId);
  }

  /** A module of `folder`, named as an import does; a floor without any could not be tried. */
  function moduleIn(folder) {
    const [file] = globSync('**/*.ts', {
      cwd: join(root, folder),
      ignore: ['**/*.test.ts', '**/*.node-test.ts', '**/*.d.ts'],
    });
    assert.ok(file, `${folder} holds no module`);
    return `${folder}/${file.replace(/\.ts$/, '.js')}`;
  }

  const zone = 'import-x/no-restricted-paths';

  describe('floors of src', () => {
    for (const [importer, imported] of forbiddenPairs) {
      it(`${importer} must not import ${imported}`, async () => {
        const target = moduleIn(`src/${imported}`);
        const text = `import '../../${target}';\n`;
        assert.deepEqual(await broken(`src/${importer}/probe.ts`, text), [zone]);
        assert.deepEqual(await broken(`src/${importer}/probe.test.ts`, text), [zone]);
      });
    }

    it('names every folder of src', () => {
      const folders = globSync('*', { cwd: join(root, 'src'), onlyDirectories: true });
      const named = [...floors.flat(), testingFolder];
      assert.deepEqual(
        folders.map((folder) => folder.replace(/\/$/, '')).filter((f) => !named.includes(f)),
        [],
      );
    });

    it('keeps what is made for tests to tests', async () => {
      const target = moduleIn(`src/${testingFolder}`);
      const text = `import '../../${target}';\n`;
      assert.deepEqual(await broken('src/store/probe.ts', text), [zone]);
      assert.deepEqual(await broken('src/store/probe.test.ts', text), []);
    });

    it('lets a higher floor import a lower one, and an element another', async () => {
      const target = moduleIn('src/domain');
      const text = `import '../../${target}';\n`;
      assert.deepEqual(await broken('src/elements/probe.ts', text), []);
      assert.deepEqual(await broken('src/store/probe.ts', text), []);
    });
  });

  describe('server', () => {
    for (const [importer, imported] of forbiddenServerPairs) {
      it(`${importer} must not import ${imported}`, async () => {
        const target = moduleIn(`server/src/${imported}`);
        const text = `import '../../../${target}';\n`;
        assert.deepEqual(await broken(`server/src/${importer}/probe.ts`, text), [zone]);
      });
    }

    it('takes domain and protocol of the kit only', async () => {
      const inner = moduleIn('src/transport');
      const name = (path) => path.replace(/^src\//, '#kit/');
      const file = 'server/src/usecases/probe.ts';
      assert.deepEqual(await broken(file, `import '${name(inner)}';\n`), [zone]);
      assert.deepEqual(await broken(file, `import '${name(moduleIn('src/domain'))}';\n`), []);
    });

    it('keeps the channel server apart', async () => {
      const file = 'server/src/phoenix/probe.ts';
      assert.deepEqual(await broken(file, "import 'fastify';\n"), ['no-restricted-imports']);
      assert.deepEqual(await broken(file, "import 'ws';\nimport 'node:http';\n"), []);
      assert.deepEqual(await broken(file, "import '../ports.js';\n"), [zone]);
      const kit = moduleIn('src/domain');
      const found = await broken(file, `import '../../../${kit}';\n`);
      assert.deepEqual(found, [zone]);
    });

    it('is imported by nothing in the kit', async () => {
      const target = moduleIn('server/src/phoenix');
      const found = await broken('src/embed/probe.ts', `import '../../${target}';\n`);
      assert.deepEqual(found, [zone]);
    });
  });

  describe('dangerous code', () => {
    const cases = [
      ['innerHTML', 'export const f = (e: Element) => { e.innerHTML = "x"; };'],
      ['insertAdjacentHTML', 'export const f = (e: Element) => e.insertAdjacentHTML("a", "x");'],
      [
        'unsafeHTML',
        "import { unsafeHTML } from 'lit/directives/unsafe-html.js';\nunsafeHTML('');",
      ],
    ];
    for (const [name, text] of cases) {
      it(`allows ${name} in src/content only`, async () => {
        const rule = 'no-restricted-syntax';
        assert.deepEqual(await broken('src/elements/probe.ts', text), [rule]);
        assert.deepEqual(await broken('src/content/probe.ts', text), []);
      });
    }

    it('forbids eval and console.log', async () => {
      assert.deepEqual(await broken('src/store/probe.ts', "eval('1');"), ['no-eval']);
      assert.deepEqual(await broken('src/store/probe.ts', "console.log('1');"), ['no-console']);
      assert.deepEqual(await broken('src/store/probe.ts', "console.warn('1');"), []);
    });

    it('forbids inline style attributes in templates', async () => {
      const file = 'src/elements/probe.ts';
      const rule = 'convkit/no-inline-style';
      const template = (value) =>
        `import { html } from 'lit';\nimport { styleMap } from 'lit/directives/style-map.js';\n` +
        `export const f = (x: string) => html\`<p style=${value}></p>\${styleMap({ a: x })}\`;`;
      assert.deepEqual(await broken(file, template('"color: red"')), [rule]);
      assert.deepEqual(await broken(file, template('${x}')), [rule]);
      assert.deepEqual(await broken(file, template('${styleMap({ color: x })}')), []);
    });

    it('ignores comments that switch rules off', async () => {
      const text = "/* eslint-disable */\neval('1');";
      assert.ok((await broken('src/store/probe.ts', text)).includes('no-eval'));
    });

    it('holds files to 400 lines', async () => {
      const text = 'export const a = [\n' + '  1,\n'.repeat(400) + '];\n';
      assert.deepEqual(await broken('src/store/probe.ts', text), ['max-lines']);
      assert.deepEqual(await broken('server/src/usecases/probe.ts', text), ['max-lines']);
    });

    it('sees an accessibility assertion that is not awaited', async () => {
      const rule = 'no-restricted-syntax';
      const text = (line) => `import { expect } from '@open-wc/testing';\n${line}\n`;
      const file = 'src/elements/probe.test.ts';
      assert.deepEqual(await broken(file, text('expect(1).to.be.accessible();')), [rule]);
      assert.deepEqual(await broken(file, text('expect(1).to.be.accessible;')), [rule]);
      assert.deepEqual(await broken(file, text('await expect(1).to.be.accessible();')), []);
    });
  });
});
