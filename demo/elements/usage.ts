const inProvider = (tag: string): string =>
  `<script type="module" src="https://chat.example/v1/inbox.js"></script>

<conv-provider server="https://chat.example" workspace="ws_…">
  <${tag}></${tag}>
</conv-provider>`;

const usages: Record<string, string> = {
  'chat-widget': `<script type="module" src="https://chat.example/v1/widget.js"></script>

<chat-widget workspace="ws_…"></chat-widget>`,
  'conv-avatar': `<conv-avatar name="Maja Lindqvist" person-id="ct_…"></conv-avatar>`,
  'conv-dot': `<conv-dot status="new"></conv-dot>`,
  'conv-message': `import 'convkit/elements/conv-message.js';

const message = document.createElement('conv-message');
message.item = item; // one of a thread store's items
document.body.append(message);`,
  'conv-provider': `<conv-provider server="https://chat.example" workspace="ws_…">
  <conv-list></conv-list>
  <conv-thread></conv-thread>
</conv-provider>

<script type="module">
  import 'https://chat.example/v1/inbox.js';

  // Agents of your application need no second sign-in.
  document.querySelector('conv-provider').getToken = () => tokenSignedByYourServer();
</script>`,
};

/** What a page writes to have the element. */
export function usage(tag: string): string {
  return usages[tag] ?? inProvider(tag);
}
