import { css } from 'lit';
import { color, radius, type } from '../../tokens/index.js';

export const styles = css`
  :host {
    display: inline-flex;
    /* Of the picture, before it is there. */
    min-inline-size: 32px;
    color: ${color.ink};
    font-family: ${type.family};
    line-height: ${type.leading};
  }

  /* Lies over the picture: what has a name must not have other words in it. */
  .trigger {
    position: absolute;
    inset: -4px;
    padding: 0;
    border: 0;
    border-radius: ${radius.round};
    background: none;
    cursor: pointer;
  }

  .trigger:focus-visible {
    outline: 2px solid ${color.accent};
    outline-offset: 1px;
  }

  /* The shapes of the badge on the avatar. */
  .presence {
    flex: none;
    inline-size: 10px;
    block-size: 10px;
    border-radius: 50%;
    background: ${color.online};
  }

  .presence.offline {
    background: ${color.surface};
    box-shadow: inset 0 0 0 2px ${color.controlEdge};
  }

  .presence.invisible {
    background: linear-gradient(90deg, ${color.controlEdge} 50%, ${color.surface} 50%);
    box-shadow: inset 0 0 0 1.5px ${color.controlEdge};
  }

  .menu {
    inline-size: 280px;
  }

  .who {
    padding: 6px 10px 8px;
  }

  .who strong {
    display: block;
    overflow: hidden;
    font-weight: ${type.semibold};
    text-overflow: ellipsis;
  }

  .lost {
    margin: 4px 0 0;
    font-size: ${type.meta};
  }

  .who span {
    color: ${color.secondary};
    font-size: ${type.meta};
    overflow-wrap: anywhere;
  }

  .error {
    margin: 0;
    padding: 4px 10px 6px;
    color: ${color.danger};
    font-size: ${type.meta};
  }
`;
