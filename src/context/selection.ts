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

/** The selection of an element that may show another conversation than the one selected around it. */
export interface NestedSelection extends Selection {
  /** From now on this one is shown in it. */
  show(id: string | null): void;
}

/** All but the conversation is the outer one's. */
export function nestSelection(outer: () => Selection): NestedSelection {
  const $conversationId = atom<string | null>(null);
  return {
    get $view() {
      return outer().$view;
    },
    $conversationId,
    showView: (change) => outer().showView(change),
    showConversation: (id) => outer().showConversation(id),
    show: (id) => $conversationId.set(id),
  };
}
