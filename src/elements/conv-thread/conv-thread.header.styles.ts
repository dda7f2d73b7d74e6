import { css } from 'lit';
import { color, radius, size, space, type } from '../../tokens/index.js';

/** The header of a thread, its menus and dialogs. */
export const headerStyles = css`
  .header {
    position: relative;
    z-index: 2;
    display: flex;
    flex: none;
    align-items: center;
    gap: ${space[3]};
    min-block-size: 59px;
    box-sizing: border-box;
    padding: ${space[2]} ${space[5]};
    border-block-end: 1px solid ${color.line};
    background: ${color.surface};
  }

  .who {
    flex: 1;
    min-inline-size: 0;
  }

  /* Deep letters are not cut at their feet. */
  .who h2,
  .who p {
    margin: 0 0 -0.15em;
    padding-block-end: 0.15em;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  /* Cut at its own end, which may be another than the page's. */
  .who h2 bdi {
    display: block;
    inline-size: fit-content;
    max-inline-size: 100%;
    margin-block-end: -0.15em;
    padding-block-end: 0.15em;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .who h2 {
    font-size: ${type.lead};
    font-weight: ${type.semibold};
    letter-spacing: ${type.tightTracking};
  }

  .who h2:focus-visible {
    outline: 2px solid ${color.accent};
    outline-offset: 1px;
  }

  .who p {
    color: ${color.secondary};
    font-size: ${type.meta};
  }

  .assignees {
    display: inline-flex;
    margin-inline-end: ${space[1]};
    --conv-avatar-size: 24px;
  }

  .assignees conv-avatar + conv-avatar {
    margin-inline-start: -6px;
  }

  .menu conv-avatar {
    --conv-avatar-size: 24px;
  }

  .actions {
    display: flex;
    flex: none;
    align-items: center;
    gap: ${space[1]};
  }

  .close {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: ${size.control};
    margin-inline-start: ${space[2]};
    padding: 0 14px;
    border: 1px solid ${color.controlEdge};
    border-radius: ${radius.round};
    background: ${color.surface};
    color: ${color.ink};
    font: inherit;
    font-weight: ${type.semibold};
    cursor: pointer;
  }

  .close:hover {
    background: ${color.sunken};
  }

  .close:focus-visible {
    outline: 2px solid ${color.accent};
    outline-offset: 2px;
  }

  .close .icon {
    inline-size: 16px;
    block-size: 16px;
  }

  .icon-button.block.on {
    color: ${color.danger};
  }

  .find {
    inline-size: 100%;
    min-block-size: ${size.control};
    margin-block-end: 6px;
    padding: 0 10px;
    border: 1px solid ${color.controlEdge};
    border-radius: 8px;
    box-sizing: border-box;
    background: ${color.surface};
    color: inherit;
    font: inherit;
  }

  .find:focus-visible {
    outline: 2px solid ${color.accent};
    outline-offset: -1px;
  }

  .menu .none {
    margin: 0;
    padding: ${space[2]} 10px;
    color: ${color.secondary};
    overflow-wrap: anywhere;
  }

  .block fieldset {
    display: grid;
    gap: ${space[4]};
    margin: 0;
    padding: 0;
    border: 0;
  }

  .choice {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 2px ${space[3]};
    align-items: center;
  }

  .choice input {
    inline-size: 18px;
    block-size: 18px;
    margin: 0;
    accent-color: ${color.accent};
  }

  .choice label {
    font-weight: ${type.medium};
  }

  .choice p {
    grid-column: 2;
    margin: 0;
    color: ${color.secondary};
    font-size: ${type.secondary};
  }

  /* The acts have a line of their own where the name would have no room beside them. */
  @container (max-width: 560px) {
    .header {
      flex-wrap: wrap;
      gap: ${space[2]};
      padding-inline: ${space[3]};
    }

    .actions {
      order: 1;
      flex: 1 1 100%;
      justify-content: space-between;
    }

    .assignees {
      display: none;
    }

    .menu-anchor {
      position: static;
    }

    .menu.end {
      inset-block-start: 100%;
      inset-inline: ${space[3]};
      max-inline-size: none;
    }

    .close {
      margin-inline-start: 0;
    }
  }
`;
