import '../../src/elements/conv-inbox/conv-inbox.js';
import '../../src/elements/conv-provider/conv-provider.js';
import type { ConvProvider } from '../../src/elements/conv-provider/conv-provider.js';
import { viewNames } from '../../src/domain/view.js';
import { CodedError } from '../../src/protocol/errors.js';
import { createHttpApi } from '../../src/transport/http-api.js';
import { find } from './dom.js';
import { describeProblem } from './problem.js';
import { SignInForm } from './sign-in-form.js';
import { takeCode } from './sign-in-link.js';
import { showBadge } from './page-badge.js';

const api = createHttpApi({ server: location.origin });
const loading = find<HTMLElement>(document, '#loading');
const notice = find<HTMLElement>(loading, '[role=status]');
const retry = find<HTMLButtonElement>(loading, 'button');
const signedIn = find<HTMLElement>(document, '#signed-in');
const form = new SignInForm(find(document, '#sign-in'), async (email, password) => {
  const { workspaceId } = await api.signIn(email, password);
  showInbox(workspaceId);
});
const opening = notice.textContent;
let shown: ConvProvider | null = null;
let stopTitle = (): void => undefined;

/** Signs in by the link's code where there is one, else goes on with the session of this browser. */
async function open(): Promise<void> {
  const code = takeCode(window);
  let problem: string | null = null;
  if (code !== null) {
    try {
      const { workspaceId } = await api.signInWithLink(code);
      showInbox(workspaceId);
      return;
    } catch (error) {
      problem = describeProblem(error);
    }
  }
  try {
    // A link that was used is no reason to ask somebody who is signed in already.
    const { workspaceId } = await api.agentToken();
    showInbox(workspaceId);
  } catch (error) {
    const signedOut = error instanceof CodedError && error.code === 'unauthorized';
    if (signedOut) showSignIn(problem);
    else showTrouble(problem ?? describeProblem(error));
  }
}

function showInbox(workspaceId: string): void {
  const provider: ConvProvider = document.createElement('conv-provider');
  provider.server = location.origin;
  provider.workspace = workspaceId;
  const inbox = keptInbox();
  provider.append(inbox);
  provider.addEventListener('conv-signed-out', () => {
    history.replaceState(null, '', location.pathname);
    showSignIn(null);
  });
  provider.addEventListener('conv-connection-changed', ({ detail }) => {
    const ended = detail.state === 'refused' && detail.code === 'unauthorized';
    if (ended) showSignIn('Your session has ended. Sign in again.');
  });
  loading.hidden = true;
  form.hide();
  leaveInbox();
  shown = provider;
  signedIn.append(provider);
  signedIn.hidden = false;
  stopTitle = showBadge(inbox);
}

/** What is open stands in the fragment, so that a reload shows it again and its address can be sent. */
function keptInbox(): HTMLElementTagNameMap['conv-inbox'] {
  const inbox = document.createElement('conv-inbox');
  const kept = new URLSearchParams(location.hash.slice(1));
  inbox.selected = kept.get('conversation');
  inbox.view = viewNames.find((name) => name === kept.get('view'));
  const keep = (): void => {
    const { view, selected } = inbox;
    const fragment = new URLSearchParams({
      ...(view ? { view } : {}),
      ...(selected ? { conversation: selected } : {}),
    });
    history.replaceState(null, '', `${location.pathname}#${fragment.toString()}`);
  };
  inbox.addEventListener('conv-conversation-selected', keep);
  inbox.addEventListener('conv-view-changed', () => void inbox.updateComplete.then(keep));
  return inbox;
}

function showSignIn(problem: string | null): void {
  leaveInbox();
  loading.hidden = true;
  signedIn.hidden = true;
  form.show(problem);
}

/** Nobody can tell yet whether a session is there. */
function showTrouble(problem: string): void {
  leaveInbox();
  signedIn.hidden = true;
  form.hide();
  loading.hidden = false;
  notice.textContent = problem;
  retry.hidden = false;
}

function leaveInbox(): void {
  stopTitle();
  shown?.remove();
  shown = null;
}

retry.addEventListener('click', () => {
  notice.textContent = opening;
  retry.hidden = true;
  void open();
});
// A link opened while the inbox is shown changes the fragment only.
addEventListener('hashchange', () => {
  if (location.hash.includes('code=')) void open();
});
void open();
