import { atom, type ReadableAtom } from 'nanostores';
import { defaultView, type View } from '../domain/index.js';

/** What an agent looks at; shared by the panes of one provider. */
export interface Selection {
  readonly $view: ReadableAtom<View>;
  /** Null while none is open. */
  readonly $conversationId: ReadableAtom<string | null>;
  showView(view: Partial<View>): void;
  showConversation(id: string | null): void;
}

export function createSelection(view: View = defaultView): Selection {
  const $view = atom(view);
  const $conversationId = atom<string | null>(null);
  return {
    $view,
    $conversationId,
    showView: (change) => $view.set({ ...$view.get(), ...change }),
    showConversation: (id) => $conversationId.set(id),
  };
}
