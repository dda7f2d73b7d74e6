export interface Kit {
  name: string;
  path: string;
  own: boolean;
  /** Why its field cannot be reached here; null where it can. */
  needs: string | null;
}

export const kits: readonly Kit[] = [
  { name: 'ours', path: 'ours', own: true, needs: null },
  { name: 'deep-chat', path: 'deep-chat', own: false, needs: null },
  { name: 'vue-advanced-chat', path: 'vue-advanced-chat', own: false, needs: null },
  { name: 'papercups', path: 'papercups', own: false, needs: 'its server' },
  { name: 'typebot', path: 'typebot', own: false, needs: 'its server' },
];

/** What is measured; less is better in all. */
export const figures = {
  'before idle, requests': '',
  'before use, requests': '',
  'before use, bytes': 'KB',
  'before use, main thread': 'ms',
  'before use, longest task': 'ms',
  'before use, layout shift': '',
  'in use, requests': '',
  'in use, bytes': 'KB',
  'in use, main thread': 'ms',
  'click to field': 'ms',
  'hover, click to field': 'ms',
  'navigation to field': 'ms',
} as const;
export type Figure = keyof typeof figures;
