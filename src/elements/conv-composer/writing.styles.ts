import { css, type CSSResultGroup } from 'lit';
import { color, radius, size, space, type } from '../../tokens/index.js';
import { bareFieldStyles } from '../shared/bare-field.styles.js';

/** What stands around a field in which one writes: notes, marks, choices. */
export const writingStyles: CSSResultGroup = [
  bareFieldStyles,
  css`
    .panel {
      position: relative;
    }

    .marks {
      display: block;
      position: absolute;
      inset: 0;
      padding: 10px ${space[4]};
      overflow: hidden;
      color: transparent;
      font: inherit;
      overflow-wrap: anywhere;
      white-space: pre-wrap;
      pointer-events: none;
    }

    .marks mark {
      border-radius: 4px;
      color: transparent;
      background: ${color.accentSoft};
    }

    .marks mark.variable {
      background: color-mix(in srgb, ${color.missed} 22%, transparent);
      text-decoration: underline wavy ${color.missed} 1.5px;
      text-underline-offset: 3px;
    }

    .comment .marks mark.mention {
      background: ${color.commentEdge};
    }

    .panel textarea {
      position: relative;
    }

    .note {
      display: flex;
      align-items: start;
      gap: ${space[2]};
      margin: ${space[2]} ${space[2]} 0;
      padding: 6px 10px;
      border-radius: ${radius.medium};
      background: ${color.sunken};
      color: ${color.secondary};
      font-size: ${type.secondary};
    }

    .note p {
      flex: 1;
      min-inline-size: 0;
      margin: 0;
      overflow-wrap: anywhere;
    }

    .note strong {
      font-weight: ${type.semibold};
    }

    .note .icon {
      inline-size: 16px;
      block-size: 16px;
      margin-block-start: 2px;
    }

    .note.warn {
      background: color-mix(in srgb, ${color.missed} 9%, ${color.surface});
      color: ${color.ink};
    }

    .note.warn .icon {
      color: ${color.danger};
    }

    .note.waiting,
    .note.variables {
      margin-block: 0 ${space[2]};
    }

    .anyway {
      flex: none;
      min-block-size: 24px;
      padding: 0 4px;
      border: 0;
      border-radius: ${radius.small};
      background: none;
      color: ${color.accentText};
      font: inherit;
      font-weight: ${type.medium};
      cursor: pointer;
    }

    .anyway:hover {
      text-decoration: underline;
    }

    .ended {
      display: flex;
      align-items: center;
      justify-content: center;
      gap: ${space[2]};
      margin: 0;
      padding: ${space[3]};
      border-radius: ${radius.large};
      background: ${color.sunken};
      color: ${color.secondary};
    }

    .adds {
      display: flex;
      flex: none;
      gap: 2px;
    }

    .box {
      container-type: inline-size;
    }

    /* Too narrow for one line: formats get their own. */
    @container (max-width: 560px) {
      .bar {
        flex-wrap: wrap;
        row-gap: 0;
      }

      .tools {
        flex: 1 0 100%;
        order: -1;
        overflow-x: auto;
        scrollbar-width: none;
      }

      .tools .tool {
        flex: 1 0 32px;
        min-inline-size: 32px;
        max-inline-size: 44px;
      }
    }

    .tool[aria-expanded='true'] {
      background: ${color.accentSoft};
      color: ${color.accentText};
    }

    .find {
      padding-inline: ${space[4]};
      border-block-end: 1px solid ${color.line};
    }

    .popover-acts {
      display: flex;
      flex: none;
      flex-wrap: wrap;
      justify-content: space-between;
      padding: 6px;
      border-block-start: 1px solid ${color.line};
    }

    .popover-acts .button {
      min-block-size: ${size.controlSmall};
      padding-inline: 10px;
    }

    .listbox conv-avatar {
      --conv-avatar-size: 24px;
    }

    .face {
      font-size: 20px;
      line-height: 1;
    }

    @media (pointer: coarse) {
      .marks {
        font-size: ${type.touchField};
      }

      .anyway,
      .popover-acts .button {
        min-block-size: ${size.controlTouch};
      }
    }
  `,
];
