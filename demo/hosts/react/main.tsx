import 'convkit/elements/conv-agent-status.js';
import 'convkit/elements/conv-composer.js';
import 'convkit/elements/conv-contact.js';
import 'convkit/elements/conv-list.js';
import 'convkit/elements/conv-provider.js';
import 'convkit/elements/conv-thread.js';
import 'convkit/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { openOffice } from '../shared/office.js';
import { Desk } from './desk.js';
import { shop } from './shop.js';

const root = document.querySelector('#app');
if (!root) throw new Error('The page has no #app.');
const client = openOffice(shop);
createRoot(root).render(
  <StrictMode>
    <Desk client={client} />
  </StrictMode>,
);
