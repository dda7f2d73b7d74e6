import { createContext } from '@lit/context';
import type { AgentClient } from '../store/agent-client.js';
import type { Selection } from './selection.js';

// Named symbols: parts of the kit that a page loads in separate bundles still find each other.
const named = <Value>(name: string) => createContext<Value>(Symbol.for(`convkit:${name}`));

export const agentClientContext = named<AgentClient | undefined>('agent-client');
export const selectionContext = named<Selection | undefined>('selection');
/** BCP 47 tag; undefined leaves it to the page's `lang`. */
export const localeContext = named<string | undefined>('locale');
