import { check, codeOf, follow, same, type ContractTest, type Diary } from './bench.js';

/** How topics are joined, heard and left. */
export function topicsContract(test: ContractTest): void {
  test('join once online, subscribed before or after', async ({ client }) => {
    const transport = client();
    const before = follow(transport, 'contract:before', () => ({ n: 1 }));
    same(before.subscription.joined, false);
    transport.connect();
    await before.diary.until('joined {"n":1}');
    same(before.subscription.joined, true);
    const after = follow(transport, 'contract:after', () => ({ n: 2 }));
    await after.diary.until('joined {"n":2}');
  });

  test('tell the join before what the server pushes after it', async ({ client }) => {
    const transport = client();
    const { diary } = follow(transport, 'contract:greet', () => ({ greet: 2 }));
    transport.connect();
    await diary.until('greeting {"n":2}');
    const told = diary.lines.filter((line) => !line.startsWith('present'));
    same(told, ['joined {"greet":2}', 'greeting {"n":1}', 'greeting {"n":2}']);
  });

  test('keep the order of pushes', async ({ client }) => {
    const transport = client();
    const { diary, subscription } = follow(transport, 'contract:order');
    transport.connect();
    await diary.until('joined {}');
    await subscription.push('burst', { count: 50 });
    await diary.until('tick {"n":50}');
    const ticks = diary.lines.filter((line) => line.startsWith('tick'));
    same(
      ticks,
      Array.from({ length: 50 }, (_, index) => `tick {"n":${index + 1}}`),
    );
  });

  test('hear what others on the topic say, and nothing of other topics', async ({ client }) => {
    const [one, two] = [client(), client()];
    const a = follow(one, 'contract:room');
    const b = follow(two, 'contract:room');
    const elsewhere = follow(two, 'contract:elsewhere');
    one.connect();
    two.connect();
    await Promise.all([a, b, elsewhere].map(({ diary }) => diary.until('joined {}')));
    await a.subscription.push('shout', { n: 1 });
    await a.subscription.push('whisper', { n: 2 });
    await b.diary.until('heard {"n":2}');
    await elsewhere.subscription.push('echo', {});
    const heard = ({ lines }: Diary): string[] => lines.filter((x) => x.startsWith('heard'));
    same(heard(a.diary), ['heard {"n":1}']);
    same(heard(b.diary), ['heard {"n":1}', 'heard {"n":2}']);
    same(heard(elsewhere.diary), []);
  });

  test('rejoin after a cut with the payload of that moment', async ({ client, cut }) => {
    const transport = client();
    let n = 0;
    const { diary, subscription } = follow(transport, 'contract:again', () => ({ n: ++n }));
    transport.connect();
    await diary.until('joined {"n":1}');
    await cut();
    await diary.until('lost');
    same(subscription.joined, false);
    await diary.until('joined {"n":2}');
    same(await subscription.push('echo', { still: true }), { still: true });
  });

  test('rejoin after disconnect and connect', async ({ client }) => {
    const transport = client();
    const { diary } = follow(transport, 'contract:pause');
    transport.connect();
    await diary.until('joined {}');
    transport.disconnect();
    same(diary.lines.includes('lost'), true);
    transport.connect();
    await diary.until('joined {}', 2);
  });

  test('rejoin after the channel crashed', async ({ client }) => {
    const transport = client();
    const { diary, subscription } = follow(transport, 'contract:crash');
    transport.connect();
    await diary.until('joined {}');
    same(await codeOf(subscription.push('crash', {})), 'connection_lost');
    await diary.until('lost');
    await diary.until('joined {}', 2);
    same(transport.connection.state, 'online');
  });

  test('a refused join is told once, and not tried again', async ({ client, cut }) => {
    const transport = client();
    const refused = follow(transport, 'contract:no', () => ({ refuse: 'forbidden' }));
    const other = follow(transport, 'contract:yes');
    transport.connect();
    await refused.diary.until('refused forbidden');
    await other.diary.until('joined {}');
    await cut();
    await other.diary.until('joined {}', 2);
    await other.subscription.push('echo', {});
    same(refused.diary.lines, ['refused forbidden']);
    const again = follow(transport, 'contract:no');
    await again.diary.until('joined {}');
  });

  test('a join that may pass is tried again', async ({ client }) => {
    const transport = client();
    let refuse = true;
    const { diary } = follow(transport, 'contract:later', () => {
      const payload = refuse ? { refuse: 'unavailable' } : {};
      refuse = false;
      return payload;
    });
    transport.connect();
    await diary.until('joined {}');
    same(
      diary.lines.some((line) => line.startsWith('refused')),
      false,
    );
  });

  test('a topic that the server closes stays closed', async ({ client, cut }) => {
    const transport = client();
    const { diary, subscription } = follow(transport, 'contract:stop');
    const other = follow(transport, 'contract:stay');
    transport.connect();
    await diary.until('joined {}');
    subscription.push('stop', {}).catch(() => undefined);
    await diary.until('closed');
    same(subscription.joined, false);
    await cut();
    await other.diary.until('joined {}', 2);
    same(diary.lines.filter((line) => line === 'joined {}').length, 1);
  });

  test('a topic that was left is silent and free again', async ({ client }) => {
    const [one, two] = [client(), client()];
    const a = follow(one, 'contract:leave');
    const b = follow(two, 'contract:leave');
    one.connect();
    two.connect();
    await Promise.all([a.diary.until('joined {}'), b.diary.until('joined {}')]);
    a.subscription.leave();
    const lines = a.diary.lines.length;
    same(a.subscription.joined, false);
    same(await codeOf(a.subscription.push('echo', {})), 'connection_lost');
    await b.subscription.push('shout', {});
    const again = follow(one, 'contract:leave');
    await again.diary.until('joined {}');
    await b.subscription.push('shout', { again: true });
    await again.diary.until('heard {"again":true}');
    same(a.diary.lines.length, lines);
  });

  test('a second subscription of a topic is a programming error', async ({ client }) => {
    const transport = client();
    follow(transport, 'contract:twice');
    let thrown = false;
    try {
      follow(transport, 'contract:twice');
    } catch {
      thrown = true;
    }
    check(thrown, 'Subscribing twice should throw.');
  });

  test('an unknown topic is refused', async ({ client }) => {
    const transport = client();
    const { diary } = follow(transport, 'nonsense:1');
    transport.connect();
    await diary.until('refused topic_unknown');
  });
}
