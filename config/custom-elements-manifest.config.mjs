import { getTsProgram, typeParserPlugin } from '@wc-toolkit/type-parser';

const globs = ['src/elements/**/*.ts'];
const exclude = ['src/elements/**/*.test.ts', 'src/elements/**/*.styles.ts'];

export default {
  globs,
  exclude,
  litelement: true,
  packagejson: false,
  overrideModuleCreation({ ts, globs: files }) {
    const program = getTsProgram(ts, files, 'tsconfig.json');
    return files.map((file) => program.getSourceFile(file)).filter(Boolean);
  },
  plugins: [typeParserPlugin({ skipLogs: true }), eventTypes(), publicSurface()],
};

/**
 * The analyzer writes every event as `CustomEvent`, without the type of its detail. It stands in the
 * class comment (`@event {CustomEvent<T>} name - text`) or in `new CustomEvent<T>('name')`.
 */
function eventTypes() {
  return {
    name: 'event-types',
    analyzePhase({ ts, node, moduleDoc }) {
      if (!ts.isClassDeclaration(node) || !node.name) return;
      const declaration = moduleDoc.declarations?.find(({ name }) => name === node.name.text);
      if (!declaration?.events) return;
      const types = new Map();
      const visit = (child) => {
        if (
          ts.isNewExpression(child) &&
          child.expression.getText() === 'CustomEvent' &&
          child.typeArguments?.[0] &&
          child.arguments?.[0] &&
          ts.isStringLiteralLike(child.arguments[0])
        ) {
          types.set(child.arguments[0].text, `CustomEvent<${child.typeArguments[0].getText()}>`);
        }
        ts.forEachChild(child, visit);
      };
      visit(node);
      for (const [name, type] of documentedTypes(node.getFullText())) types.set(name, type);
      for (const event of declaration.events) {
        const type = types.get(event.name);
        if (type) event.type = { text: type.replace(/\s+/g, ' ') };
      }
    },
  };
}

/** Names and types of `@event {…} name` in a comment; a type may hold braces of its own. */
function* documentedTypes(text) {
  const tag = /@(?:event|fires)\s+\{/g;
  for (let match = tag.exec(text); match; match = tag.exec(text)) {
    let depth = 1;
    let end = tag.lastIndex;
    while (end < text.length && depth > 0) {
      if (text[end] === '{') depth += 1;
      if (text[end] === '}') depth -= 1;
      end += 1;
    }
    const name = /^\s*([\w-]+)/.exec(text.slice(end))?.[1];
    const type = text.slice(tag.lastIndex, end - 1).replace(/\n\s*\*/g, ' ');
    if (name) yield [name, type.trim()];
  }
}

/** Keeps what a user of an element may rely on, in an order that no file system decides. */
function publicSurface() {
  return {
    name: 'public-surface',
    packageLinkPhase({ customElementsManifest: manifest }) {
      for (const module of manifest.modules) {
        module.declarations = (module.declarations ?? []).filter((d) => d.customElement);
        for (const declaration of module.declarations) tidy(declaration);
        const names = new Set(module.declarations.map(({ name }) => name));
        module.exports = (module.exports ?? []).filter(
          ({ kind, declaration }) =>
            kind === 'custom-element-definition' || names.has(declaration?.name),
        );
      }
      manifest.modules = manifest.modules
        .filter(({ declarations }) => declarations.length > 0)
        .sort((a, b) => (a.path < b.path ? -1 : 1));
    },
  };
}

const lifecycle = new Set(['createRenderRoot', 'formAssociated', 'shadowRootOptions', 'styles']);

function tidy(declaration) {
  declaration.members = declaration.members?.filter(
    ({ name, privacy, static: isStatic }) =>
      !name.startsWith('#') &&
      privacy !== 'private' &&
      privacy !== 'protected' &&
      !isStatic &&
      !lifecycle.has(name),
  );
  declaration.attributes = declaration.attributes?.filter(({ name, fieldName }) =>
    declaration.members?.some((member) => member.name === (fieldName ?? name)),
  );
  for (const list of ['cssParts', 'cssProperties', 'events', 'slots']) {
    declaration[list]?.sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
