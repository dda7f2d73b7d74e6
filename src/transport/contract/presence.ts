import { follow, same, type ContractTest } from './bench.js';

/** Who is on a topic. */
export function presenceContract(test: ContractTest): void {
  test('tells who is there, comes and goes', async ({ client }) => {
    const [one, two] = [client(), client()];
    const a = follow(one, 'contract:people', () => ({ as: 'ann' }));
    one.connect();
    await a.diary.until('present ann');
    const b = follow(two, 'contract:people', () => ({ as: 'bob' }));
    two.connect();
    await a.diary.until('present ann bob');
    await b.diary.until('present ann bob');
    same(b.present().get('ann')?.[0]?.['as'], 'ann');
    b.subscription.leave();
    await a.diary.until('present ann', 2);
  });

  test('counts a key once, with a meta for each connection', async ({ client }) => {
    const [one, two] = [client(), client()];
    const a = follow(one, 'contract:tabs', () => ({ as: 'ann' }));
    const b = follow(two, 'contract:tabs', () => ({ as: 'ann' }));
    one.connect();
    await a.diary.until('present ann');
    two.connect();
    await Promise.all([a, b].map(({ diary }) => diary.until('present ann×2')));
    two.disconnect();
    await a.diary.until('present ann', 2);
  });

  test('is whole again after a cut', async ({ client, cut }) => {
    const [one, two] = [client(), client()];
    const a = follow(one, 'contract:back', () => ({ as: 'ann' }));
    const b = follow(two, 'contract:back', () => ({ as: 'bob' }));
    one.connect();
    two.connect();
    await a.diary.until('present ann bob');
    await b.diary.until('present ann bob');
    await cut();
    await Promise.all([a.diary.until('joined {"as":"ann"}', 2), b.diary.until('lost')]);
    await a.diary.until('present ann bob', 2);
  });
}
