import { ChatWidget } from '@papercups-io/chat-widget';
import { createElement } from 'react';
import * as reactDom from 'react-dom';

/** That of React 17, which it needs; the types here are those of a later one. */
const { render } = reactDom as unknown as { render(element: object, place: Element): void };

const place = document.createElement('div');
document.body.append(place);
render(
  createElement(ChatWidget, {
    accountId: '00000000-0000-0000-0000-000000000000',
    token: '00000000-0000-0000-0000-000000000000',
    baseUrl: location.origin,
    iframeUrlOverride: `${location.origin}/papercups-frame`,
  }),
  place,
);
