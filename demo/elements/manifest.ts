import manifest from '../../custom-elements.json';

/** The part of the custom elements manifest that the pages show. */
export interface ElementDocs {
  tagName: string;
  summary?: string;
  description?: string;
  attributes?: readonly Entry[];
  members?: readonly (Entry & {
    kind: string;
    attribute?: string;
    parameters?: readonly Entry[];
    return?: { type?: { text: string } };
  })[];
  slots?: readonly Entry[];
  cssParts?: readonly Entry[];
  cssProperties?: readonly Entry[];
  events?: readonly Entry[];
}

export interface Entry {
  name: string;
  description?: string;
  summary?: string;
  default?: string;
  type?: { text: string };
  parsedType?: { text: string };
}

const modules = manifest.modules as unknown as readonly {
  declarations: readonly Partial<ElementDocs>[];
}[];

/** Every public element, by tag. */
export const elements: ReadonlyMap<string, ElementDocs> = new Map(
  modules
    .flatMap(({ declarations }) => declarations)
    .filter((declaration): declaration is ElementDocs => declaration.tagName !== undefined)
    .sort((a, b) => a.tagName.localeCompare(b.tagName))
    .map((declaration) => [declaration.tagName, declaration]),
);

/** A row of a table: the cells' texts, by column. */
export interface Table {
  title: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

/** The tables of one element that have any row. */
export function tables(docs: ElementDocs): Table[] {
  const fields = (docs.members ?? []).filter(({ kind }) => kind === 'field');
  const methods = (docs.members ?? []).filter(({ kind }) => kind === 'method');
  return [
    {
      title: 'Attributes and properties',
      columns: ['Attribute', 'Property', 'Type', 'Default', 'What it does'],
      rows: fields.map((field) => [
        field.attribute ?? '',
        field.name,
        (field.parsedType ?? field.type)?.text ?? '',
        field.default ?? '',
        text(field),
      ]),
    },
    {
      title: 'Methods',
      columns: ['Method', 'What it does'],
      rows: methods.map((method) => [
        `${method.name}(${(method.parameters ?? []).map(({ name }) => name).join(', ')})`,
        text(method),
      ]),
    },
    {
      title: 'Events',
      columns: ['Event', 'Type', 'When'],
      rows: (docs.events ?? []).map((event) => [event.name, event.type?.text ?? '', text(event)]),
    },
    {
      title: 'Slots',
      columns: ['Slot', 'What goes there'],
      rows: (docs.slots ?? []).map((slot) => [slot.name || '(default)', text(slot)]),
    },
    {
      title: 'CSS parts',
      columns: ['Part', 'What it is'],
      rows: (docs.cssParts ?? []).map((part) => [part.name, text(part)]),
    },
    {
      title: 'CSS custom properties',
      columns: ['Property', 'Default', 'What it sets'],
      rows: (docs.cssProperties ?? []).map((property) => [
        property.name,
        property.default ?? '',
        text(property),
      ]),
    },
  ].filter(({ rows }) => rows.length > 0);
}

function text(entry: Entry): string {
  return entry.description ?? entry.summary ?? '';
}
