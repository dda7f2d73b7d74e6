import { markdownChunk } from '../../content/index.js';

/**
 * What is needed once a conversation is open: the list is shown without waiting for it. What failed
 * to load is asked for again by the next call.
 */
export async function loadPanes(): Promise<void> {
  await Promise.allSettled([
    import('../conv-composer/conv-composer.js'),
    import('../conv-contact/conv-contact.js'),
  ]);
}

/**
 * What an agent's day asks for sooner or later. A browser that could not load a part once does not
 * ask for it again before the page is loaded anew: nothing is left for a line that is down by then.
 */
export async function loadRest(): Promise<void> {
  await Promise.allSettled([
    markdownChunk.get(),
    import('../conv-message/rich.styles.js'),
    import('../conv-message/agent-parts.js'),
    import('../conv-message/message-parts.js'),
    import('../conv-attachments/conv-attachments.js'),
    import('../conv-emoji-picker/conv-emoji-picker.js'),
    import('../conv-saved-replies/conv-saved-replies.js'),
    import('../conv-email-form/conv-email-form.js'),
    import('../conv-agent-settings/conv-agent-settings.js'),
    import('../conv-groups/conv-groups.js'),
    import('../shared/ring.js'),
  ]);
}
