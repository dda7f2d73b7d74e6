import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { layerZones, zones } from './eslint-floors.mjs';
import { noInlineStyle } from './eslint-inline-style.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tests = [
  '**/*.test.ts',
  '**/*.node-test.ts',
  '**/*.contract.ts',
  '**/*.fixture.ts',
  '**/testing/**',
  'server/test/**',
  'e2e/**',
];
const typed = ['src/**/*.ts', 'server/src/**/*.ts', 'server/test/**/*.ts', 'demo/**/*.{ts,tsx}'];

const htmlFromText = [
  {
    selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|srcdoc)$/]',
    message: 'HTML is made from text in src/content only.',
  },
  {
    selector: 'CallExpression[callee.object.name="document"][callee.property.name=/^write/]',
    message: 'HTML is made from text in src/content only.',
  },
  {
    selector: 'ImportSpecifier[imported.name=/^unsafe(HTML|SVG|Static|MathML)$/]',
    message: 'HTML is made from text in src/content only.',
  },
];

/** `#kit/domain/x.js`, as the server names modules of the kit. */
const kitResolver = {
  interfaceVersion: 3,
  name: 'kit',
  resolve(source) {
    const inner = /^#kit\/(.+)\.js$/.exec(source)?.[1];
    const path = inner && `${root}/src/${inner}.ts`;
    return path && existsSync(path) ? { found: true, path } : { found: false };
  },
};

const zonesRule = (list) => ({
  'import-x/no-restricted-paths': ['error', { basePath: root, zones: list }],
});

export default defineConfig(
  globalIgnores(['**/dist/', '**/node_modules/', '**/.cache/', 'test-results/', '.convkit/']),
  {
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strict],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts', '.tsx', '.mjs'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import-x/resolver-next': [
        kitResolver,
        createTypeScriptImportResolver({ project: `${root}/tsconfig.json` }),
      ],
    },
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // A handler that may return nothing says so: `void | Promise<void>`.
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-duplicates': 'error',
      ...zonesRule(layerZones),
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-script-url': 'error',
      'no-restricted-syntax': ['error', ...htmlFromText],
    },
  },
  {
    files: typed,
    ignores: ['**/*.node-test.ts', '**/*.d.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] },
          ],
        },
      ],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'server/src/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 400 }] },
  },
  {
    files: ['src/**/*.ts'],
    ignores: tests,
    // A bad value from a user warns, once and with a code.
    rules: { 'no-console': ['error', { allow: ['warn'] }] },
  },
  {
    // What JSX and templates know is added to by merging into interfaces of React and Vue.
    files: ['src/react.ts', 'src/vue.ts'],
    rules: {
      '@typescript-eslint/no-empty-object-type': [
        'error',
        { allowInterfaces: 'with-single-extends' },
      ],
      '@typescript-eslint/no-namespace': ['error', { allowDeclarations: true }],
    },
  },
  {
    files: ['src/content/**/*.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['src/**/*.ts', 'demo/**/*.ts'],
    extends: [
      lit.configs['flat/recommended'],
      wc.configs['flat/recommended'],
      litA11y.configs.recommended,
    ],
    plugins: { convkit: { rules: { 'no-inline-style': noInlineStyle } } },
    settings: { wc: { elementBaseClasses: ['LitElement'] } },
    rules: {
      'convkit/no-inline-style': 'error',
      // Safari drops a list's role with its markers; `role="list"` brings it back.
      'lit-a11y/no-redundant-role': 'off',
      'lit/ban-attributes': ['error', 'onclick', 'onload', 'onerror'],
      'lit/lifecycle-super': 'error',
      'lit/no-classfield-shadowing': 'error',
      'lit/no-legacy-imports': 'error',
      'lit/no-native-attributes': 'error',
      'lit/no-template-arrow': 'error',
      'lit/no-template-bind': 'error',
      'lit/no-this-assign-in-render': 'error',
      'lit/no-useless-template-literals': 'error',
      'lit/prefer-nothing': 'error',
      'lit/prefer-static-styles': 'error',
      'wc/no-exports-with-element': 'off',
      'wc/require-listener-teardown': 'error',
    },
  },
  {
    files: ['server/src/phoenix/**/*.ts'],
    ignores: tests,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(?!node:|ws$|\\.{1,2}/)',
              message: 'The channel server needs Node and ws only.',
            },
          ],
        },
      ],
    },
  },
  {
    files: tests,
    rules: {
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      'lit/no-template-arrow': 'off',
      'lit/no-template-bind': 'off',
      'no-restricted-syntax': 'off',
      'no-script-url': 'off',
      ...zonesRule(zones),
    },
  },
  {
    // chai's assertions are typed as promises there; the one that is a promise is caught by name.
    files: ['src/**/*.test.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExpressionStatement > CallExpression[callee.property.name="accessible"]',
          message: 'Await it: without await it asserts nothing.',
        },
        {
          selector: 'MemberExpression[property.name="accessible"][parent.type!="CallExpression"]',
          message: 'Call it: without the call it asserts nothing.',
        },
      ],
    },
  },
  {
    files: ['demo/**/*.{ts,tsx}'],
    rules: { 'no-console': 'error' },
  },
);
