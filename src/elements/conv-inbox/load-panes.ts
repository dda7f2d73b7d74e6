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
