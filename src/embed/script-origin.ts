import { defaultServer } from '../elements/chat-widget/default-server.js';

// A module of its own, evaluated before the element: a tag that is already on the page upgrades the
// moment that the element is defined.
defaultServer.origin = new URL(import.meta.url).origin;
