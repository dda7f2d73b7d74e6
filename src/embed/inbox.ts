/**
 * What `<script type="module" src="https://chat.example/v1/inbox.js">` loads: the elements of the
 * agent's inbox, `<conv-provider>` among them.
 */
import '../elements/conv-provider/conv-provider.js';
import '../elements/conv-inbox/conv-inbox.js';
