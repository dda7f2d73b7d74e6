import { html, nothing, type TemplateResult } from 'lit';
import type { Contact, Conversation } from '../../domain/index.js';
import type { WritingStrings, Localizer } from '../../i18n/index.js';
import type { Mail } from '../../protocol/index.js';
import type { Draft } from '../../store/agent-client.js';
import type { Typist } from '../../store/thread-item.js';
import { banIcon, infoIcon, mailIcon, warningIcon } from '../shared/icons.js';

type L = Localizer<WritingStrings>;

export interface Situation {
  kind: Draft['kind'];
  conversation: Conversation | null;
  contact: Contact | null;
  mail: Mail | null;
  typing: readonly Typist[];
}

/** Why no reply can go out by email; null where it can, or goes another way. */
export function emailProblem({
  conversation,
  contact,
  mail,
}: Situation): 'mail.off' | 'composer.noAddress' | null {
  if (conversation?.channel !== 'email') return null;
  if (mail && !mail.configured) return 'mail.off';
  return contact && !contact.email ? 'composer.noAddress' : null;
}

/** What an agent should know before writing here, above the field. */
export function renderNotes(situation: Situation, l: L): TemplateResult {
  const { kind, conversation, contact, typing } = situation;
  const agents = typing.filter(({ type }) => type === 'agent').map(({ name }) => name ?? '');
  const reply = kind === 'reply';
  const problem = reply ? emailProblem(situation) : null;
  const byEmail = reply && conversation?.channel === 'email' && !problem;
  return html`${
    contact?.blocked && reply
      ? renderNote(
          banIcon(),
          l.term(contact.blocked === 'address' ? 'composer.banned' : 'composer.blocked'),
        )
      : nothing
  }
  ${
    problem
      ? html`<div class="note warn" id="email-problem">
          ${warningIcon()}
          <p>
            <strong>${l.term(problem)}</strong>
            ${problem === 'mail.off' ? l.term('mail.turnOn') : nothing}
          </p>
        </div>`
      : nothing
  }
  ${
    byEmail && contact?.email
      ? renderNote(mailIcon(), l.term('composer.byEmail', contact.email))
      : nothing
  }
  ${
    agents.length > 0
      ? html`<div class="note warn others">
          ${warningIcon()}
          <p>${l.term('composer.othersWrite', l.list(agents), agents.length)}</p>
        </div>`
      : nothing
  }`;
}

/** In place of the field, where nothing can be written any more. */
export function renderEnded(removed: boolean, l: L): TemplateResult {
  return html`<p class="ended" part="ended" dir=${l.dir}>
    ${infoIcon()} ${l.term(removed ? 'composer.removed' : 'composer.ended')}
  </p>`;
}

function renderNote(icon: TemplateResult, text: string): TemplateResult {
  return html`<div class="note">
    ${icon}
    <p>${text}</p>
  </div>`;
}

interface OpenVariables {
  names: readonly string[];
  onAnyway(): void;
}

/** A reply whose variables were not all filled: it is held until somebody decided (S3.24). */
export function renderOpenVariables({ names, onAnyway }: OpenVariables, l: L): TemplateResult {
  return html`<div class="note warn variables" id="open-variables">
    ${warningIcon()}
    <p><strong>${l.term('variables.missing', l.list(names))}</strong> ${l.term('variables.how')}</p>
    <button type="button" class="anyway" @click=${onAnyway}>${l.term('variables.anyway')}</button>
  </div>`;
}

interface WaitingForFiles {
  failed: boolean;
  onCancel(): void;
}

/** A message that goes once its files are there (S3.26). */
export function renderWaiting({ failed, onCancel }: WaitingForFiles, l: L): TemplateResult {
  return html`<div class="note waiting" id="wait">
    ${failed ? warningIcon() : infoIcon()}
    <p role="status">${l.term(failed ? 'composer.held' : 'composer.waiting')}</p>
    <button type="button" class="anyway" @click=${onCancel}>
      ${l.term('composer.cancelWaiting')}
    </button>
  </div>`;
}
