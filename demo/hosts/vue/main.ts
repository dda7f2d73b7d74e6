import 'convkit/elements/conv-agent-status.js';
import 'convkit/elements/conv-composer.js';
import 'convkit/elements/conv-contact.js';
import 'convkit/elements/conv-list.js';
import 'convkit/elements/conv-provider.js';
import 'convkit/elements/conv-thread.js';
import 'convkit/vue';
import { createApp } from 'vue';
import { openOffice } from '../shared/office.js';
import Desk from './Desk.vue';
import { shop } from './shop.js';

const client = openOffice(shop);
createApp(Desk, { client }).mount('#app');
