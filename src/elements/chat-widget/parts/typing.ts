import { css, html, type TemplateResult } from 'lit';
import { Localize, type Localizer, type TimesStrings } from '../../../i18n/index.js';
import { timesEnglish } from '../../../i18n/locales/en-times.js';
import type { Typist } from '../../../store/thread-item.js';
import { color, radius, space } from '../../../tokens/index.js';
import '../../conv-avatar/conv-avatar.js';
import type { Scene } from '../scene.js';

export const styles = css`
  .message.typing {
    margin-block-end: 0;
  }

  .dots {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    justify-self: start;
    position: relative;
    block-size: 32px;
    padding: 0 ${space[3]};
    border-radius: ${radius.bubble};
    background: ${color.bubbleIn};
  }

  .dot {
    inline-size: 6px;
    block-size: 6px;
    border-radius: 50%;
    background: ${color.tertiary};
    animation: breathe 1.2s ease-in-out infinite;
  }

  .dot:nth-child(2) {
    animation-delay: 0.16s;
  }

  .dot:nth-child(3) {
    animation-delay: 0.32s;
  }

  @keyframes breathe {
    0%,
    60%,
    100% {
      opacity: 0.35;
    }

    30% {
      opacity: 1;
    }
  }
`;

export const create = ({ host }: Scene): { render(typing: readonly Typist[]): TemplateResult } => {
  const localize = new Localize<TimesStrings>(host, timesEnglish);
  return { render: (typing) => renderTyping(typing, localize.now) };
};

/** Who writes at the moment; shown below the messages. */
function renderTyping(
  typing: readonly Typist[],
  localizer: Localizer<TimesStrings>,
): TemplateResult {
  const [first] = typing;
  const names = typing.map(({ name }) => name ?? localizer.term('chat.team'));
  return html`<div part="typing" class="message theirs typing">
    <conv-avatar
      class="author"
      .name=${first?.name ?? ''}
      .personId=${first?.id ?? ''}
      .src=${first?.avatarUrl ?? null}
    ></conv-avatar>
    <span class="dots">
      <span class="dot"></span><span class="dot"></span><span class="dot"></span>
      <span class="visually-hidden">
        ${localizer.term('thread.typing', localizer.list(names), names.length)}
      </span>
    </span>
  </div>`;
}
