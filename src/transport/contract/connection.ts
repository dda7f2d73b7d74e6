import type { Connection } from '../transport.js';
import { createDiary, same, watch, type ContractTest } from './bench.js';

/** How a connection comes, breaks and is refused. */
export function connectionContract(test: ContractTest): void {
  test('is idle until connect, then connecting and online', async ({ client }) => {
    const transport = client();
    const diary = watch(transport);
    same(diary.lines, ['idle']);
    transport.connect();
    await diary.until('online');
    same(diary.lines, ['idle', 'connecting', 'online']);
    same(transport.connection, { state: 'online', code: null } satisfies Connection);
  });

  test('tells each listener until it leaves', async ({ client }) => {
    const transport = client();
    const [first, second] = [createDiary(), createDiary()];
    const leave = transport.onConnection(({ state }) => first.note(state));
    transport.onConnection(({ state }) => second.note(state));
    leave();
    transport.connect();
    await second.until('online');
    same(first.lines, ['idle']);
  });

  test('a second connect changes nothing', async ({ client }) => {
    const transport = client();
    const diary = watch(transport);
    transport.connect();
    transport.connect();
    await diary.until('online');
    transport.connect();
    same(diary.lines, ['idle', 'connecting', 'online']);
  });

  test('disconnect ends in closed, and connect opens again', async ({ client }) => {
    const transport = client();
    const diary = watch(transport);
    transport.connect();
    await diary.until('online');
    transport.disconnect();
    same(transport.connection.state, 'closed');
    transport.connect();
    await diary.until('online', 2);
    same(diary.lines, ['idle', 'connecting', 'online', 'closed', 'connecting', 'online']);
  });

  test('disconnect while connecting stays closed', async ({ client }) => {
    const [transport, other] = [client(), client()];
    transport.connect();
    transport.disconnect();
    const diary = watch(other);
    other.connect();
    await diary.until('online');
    same(transport.connection.state, 'closed');
  });

  test('comes back by itself after a cut', async ({ client, cut }) => {
    const transport = client();
    const diary = watch(transport);
    transport.connect();
    await diary.until('online');
    await cut();
    await diary.until('online', 2);
    same(diary.lines, ['idle', 'connecting', 'online', 'reconnecting', 'online']);
  });

  test('keeps trying while the server is away', async ({ client, setReachable }) => {
    await setReachable(false);
    const transport = client();
    const diary = watch(transport);
    transport.connect();
    await diary.until('reconnecting');
    await setReachable(true);
    await diary.until('online');
  });

  test('a coded refusal ends in refused until connect', async ({ client, refuse }) => {
    refuse('token_invalid');
    const transport = client();
    const diary = watch(transport);
    transport.connect();
    await diary.until('refused token_invalid');
    refuse(null);
    transport.connect();
    await diary.until('online');
    same(diary.lines, ['idle', 'connecting', 'refused token_invalid', 'connecting', 'online']);
  });

  test('is refused when it comes back and may not', async ({ client, cut, refuse }) => {
    const transport = client();
    const diary = watch(transport);
    transport.connect();
    await diary.until('online');
    refuse('forbidden');
    await cut();
    await diary.until('refused forbidden');
  });

  test('a token that the network kept is tried again', async ({ client, refuse }) => {
    refuse('connection_lost');
    const transport = client();
    const diary = watch(transport);
    transport.connect();
    await diary.until('reconnecting');
    refuse(null);
    await diary.until('online');
  });
}
