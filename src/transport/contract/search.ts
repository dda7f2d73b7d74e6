import {
  events,
  type MessageStored,
  type SearchMatch,
  type SearchWindow,
} from '../../protocol/index.js';
import { check, same } from './bench.js';
import { nextClientId, nextWord, type ServerTest } from './cast.js';

/** The words of a match, as they stand in its excerpt. */
const marked = ({ excerpt, ranges }: SearchMatch): string[] =>
  ranges.map(([from, to]) => excerpt.slice(from, to));

/** What is found, and what is shown of it. */
export function searchContract(test: ServerTest): void {
  test('finds words of messages, with their places', async ({ inbox, visitor, harness }) => {
    const word = nextWord();
    const { write } = await visitor();
    const id = await write(`Does the Blue ${word} ship to Malmö?`);
    const { push } = await inbox();
    await harness.indexed();
    const query = `${word.slice(0, 4)} malmo`;
    const none = await push<SearchWindow>(events.conversationsSearch, { query });
    same(none.results.length, 0);
    const found = await push<SearchWindow>(events.conversationsSearch, { query: `malmo ${word}` });
    same(
      found.results.map(({ conversation }) => conversation.id),
      [id],
    );
    const match = found.results[0]?.matches.find(({ field }) => field === 'message');
    check(match !== undefined, 'The message should be shown.');
    same(marked(match), [word, 'Malmö']);
    same(found.more, false);
  });

  test('takes the last word as a beginning', async ({ inbox, visitor, harness }) => {
    const word = nextWord();
    const { write } = await visitor();
    const id = await write(`${word}straße`);
    await harness.indexed();
    const { push } = await inbox();
    const { results } = await push<SearchWindow>(events.conversationsSearch, { query: word });
    same(results[0]?.conversation.id, id);
  });

  test('finds a name, an address and a comment; nothing that was deleted', async (cast) => {
    const [name, gone] = [nextWord(), nextWord()];
    const { write } = await cast.visitor();
    const id = await write('Hello');
    const [{ push }, conversation] = await Promise.all([cast.inbox(), cast.conversation(id)]);
    await conversation.push(events.contactUpdate, { name, email: `${name}@example.com` });
    const comment = { clientId: nextClientId(), kind: 'comment', text: gone };
    const { message } = await conversation.push<MessageStored>(events.messageSend, comment);
    await cast.harness.indexed();
    const search = async (query: string): Promise<SearchWindow['results']> =>
      (await push<SearchWindow>(events.conversationsSearch, { query })).results;
    const [byName] = await search(name);
    same(byName?.conversation.id, id);
    same(
      byName?.matches.map(({ field }) => field),
      ['name', 'email'],
    );
    same((await search(gone))[0]?.matches[0]?.messageId, message.id);
    await conversation.push(events.messageDelete, { messageId: message.id });
    await cast.harness.indexed();
    same(await search(gone), []);
  });

  test('finds words of scripts without spaces', async ({ inbox, visitor, harness }) => {
    const { write } = await visitor();
    const id = await write('จัดส่งมาที่กรุงเทพฯได้หรือเปล่า');
    await harness.indexed();
    const { push } = await inbox();
    const { results } = await push<SearchWindow>(events.conversationsSearch, { query: 'กรุงเทพ' });
    check(
      results.some(({ conversation }) => conversation.id === id),
      'The conversation should be found.',
    );
  });

  test('comes in pages, earlier ones among them', async ({ inbox, visitor, harness }) => {
    const word = nextWord();
    const writers = await Promise.all([visitor(), visitor(), visitor()]);
    const ids = await Promise.all(writers.map(({ write }) => write(word)));
    await harness.end(ids[0] ?? '');
    await harness.indexed();
    const { push } = await inbox();
    const found: string[] = [];
    let after: { activeAt: number; id: string } | undefined;
    for (let page = 0; page < 3; page++) {
      const query = { query: word, limit: 1, ...(after ? { after } : {}) };
      const { results, more } = await push<SearchWindow>(events.conversationsSearch, query);
      const last = results[0]?.conversation;
      check(last !== undefined, 'Each page should have one.');
      found.push(last.id);
      after = { activeAt: last.activeAt, id: last.id };
      same(more, page < 2);
    }
    same(found.sort(), ids.sort());
  });
}
