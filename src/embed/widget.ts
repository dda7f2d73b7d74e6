/**
 * What `<script type="module" src="https://chat.example/v1/widget.js">` loads: the element
 * `<chat-widget>`, with the script's own origin as its server. The loader imports it too.
 */
import './script-origin.js';
import '../elements/chat-widget/chat-widget.js';

export { attach } from './attach.js';
