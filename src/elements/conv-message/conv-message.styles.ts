import { css } from 'lit';
import { color, radius, space, type } from '../../tokens/index.js';

export const styles = css`
  :host {
    display: flex;
    min-inline-size: 0;
  }

  :host([own]) {
    justify-content: flex-end;
  }

  .bubble {
    min-inline-size: 0;
    max-inline-size: 100%;
    padding: 7px ${space[3]};
    border: 1px solid ${color.bubbleInEdge};
    border-radius: ${radius.bubble};
    background: ${color.bubbleIn};
    color: ${color.ink};
    overflow-wrap: anywhere;
  }

  .bubble.last {
    border-end-start-radius: ${radius.bubbleTail};
  }

  .bubble.own {
    border-color: transparent;
    background: ${color.bubbleOut};
    color: ${color.onBubbleOut};
  }

  .bubble.own.last {
    border-end-start-radius: ${radius.bubble};
    border-end-end-radius: ${radius.bubbleTail};
  }

  .bubble.failed {
    border-color: ${color.danger};
  }

  .text {
    unicode-bidi: plaintext;
    text-align: start;
  }

  .plain {
    white-space: pre-wrap;
  }

  .system {
    flex: 1;
    margin: 0;
    color: ${color.tertiary};
    font-size: ${type.meta};
    text-align: center;
  }

  @media (forced-colors: active) {
    .bubble,
    .bubble.own {
      border-color: CanvasText;
    }
  }
`;
