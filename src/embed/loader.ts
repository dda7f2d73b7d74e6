/**
 * What `<script async src="https://chat.example/v1/loader.js" data-workspace="ws_…">` loads: a
 * classic script that draws the button, keeps what the page calls, and loads the widget when it is
 * needed. Its one global is `ConvKit`, or the name in `data-global`; pages written for Brevo's
 * script are answered under that one's name.
 */
import type { ChatOptions } from './options.js';
import { createPageChat, type PageChat } from './page-chat.js';

type Global = ((...call: unknown[]) => void) & { q?: Iterable<unknown>[]; started?: boolean };

const page = window as unknown as Record<string, unknown>;
const brevo = 'BrevoConversations';
const warned = new Set<string>();

function warn(code: string, cause?: unknown): void {
  if (warned.has(code)) return;
  warned.add(code);
  console.warn(`convkit ${code}`, cause);
}

function start(): void {
  const script = document.currentScript as HTMLScriptElement;
  // Their snippet makes its stub before the script comes.
  const name = script.dataset['global'] ?? (brevo in page ? brevo : 'ConvKit');
  const stub = page[name] as Global | undefined;
  // Included once more: the first one goes on.
  if (stub?.started) return;

  /** What the page has set, under this script's names or those of Brevo's. */
  const set = (what: string): unknown => page[`ConvKit${what}`] ?? page[brevo + what];

  const create = (): PageChat | undefined => {
    const workspace = script.dataset['workspace'] ?? set('ID');
    if (!workspace) return void warn('no_workspace');
    return createPageChat({
      server: new URL(script.src).origin,
      workspace: `${workspace}`,
      options: { ...(set('Setup') as ChatOptions & Record<string, unknown>) },
      warn,
    });
  };
  let chat = create();

  const call: Global = (...made) => {
    const [method] = made;
    if (method === 'kill') Reflect.deleteProperty(page, name);
    else if (method !== 'restart') return chat?.run(made);
    chat?.end();
    if (method === 'restart') chat = create();
  };
  call.started = true;
  page[name] = call;
  for (const kept of stub?.q ?? []) call(...kept);
}

try {
  start();
} catch (cause) {
  warn('failed', cause);
}
