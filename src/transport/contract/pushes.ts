import type { Transport } from '../transport.js';
import { codeOf, follow, same, type ContractTest } from './bench.js';

/** How pushes are answered, refused and cut. */
export function pushesContract(test: ContractTest): void {
  async function joined(
    client: () => Transport,
    topic = 'contract:push',
  ): Promise<ReturnType<typeof follow> & { transport: Transport }> {
    const transport = client();
    const followed = follow(transport, topic);
    transport.connect();
    await followed.diary.until('joined {}');
    return { ...followed, transport };
  }

  test('resolve with the reply that is theirs', async ({ client }) => {
    const { subscription } = await joined(client);
    const numbers = Array.from({ length: 20 }, (_, n) => n);
    const replies = await Promise.all(numbers.map((n) => subscription.push('echo', { n })));
    same(
      replies,
      numbers.map((n) => ({ n })),
    );
  });

  test('reject with the code of a refusal', async ({ client }) => {
    const { subscription } = await joined(client);
    same(await codeOf(subscription.push('refuse', { code: 'not_author' })), 'not_author');
    same(await codeOf(subscription.push('no-such-event', {})), 'event_unknown');
  });

  test('reject with connection_lost when not joined', async ({ client }) => {
    const { subscription } = follow(client(), 'contract:offline');
    same(await codeOf(subscription.push('echo', {})), 'connection_lost');
  });

  test('cut before the reply reject, and are never sent again', async ({ client, cut }) => {
    const { subscription, diary } = await joined(client, 'contract:once');
    const push = codeOf(subscription.push('silence', {}));
    await subscription.push('echo', {});
    await cut();
    same(await push, 'connection_lost');
    await diary.until('joined {}', 2);
    same(await subscription.push('count', {}), { count: 2 });
  });

  test('without a reply in time reject with timeout', async ({ client }) => {
    const { subscription } = await joined(client);
    same(await codeOf(subscription.push('silence', {})), 'timeout');
    same(await subscription.push('echo', { well: true }), { well: true });
  });

  test('that are aborted reject with the reason', async ({ client }) => {
    const { subscription } = await joined(client);
    const abort = new AbortController();
    const push = subscription.push('silence', {}, { signal: abort.signal });
    const reason = push.catch((error: unknown) => error);
    abort.abort('enough');
    same(await reason, 'enough');
    same(await subscription.push('echo', { well: true }), { well: true });
  });
}
