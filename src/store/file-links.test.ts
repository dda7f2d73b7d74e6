import { expect } from '@open-wc/testing';
import { CodedError } from '../protocol/index.js';
import { createFakeClock } from '../testing/fake-clock.js';
import { createFileLinks } from './file-links.js';

const life = 10 * 60_000;

function createBench(answer: (id: string) => boolean = () => true) {
  const clock = createFakeClock();
  const asked: string[][] = [];
  let up = true;
  let skew = 0;
  let serverSkew = 0;
  const links = createFileLinks(
    {
      now: () => clock.now() + skew,
      signFiles(ids) {
        asked.push(ids);
        if (!up) return Promise.reject(new CodedError('connection_lost'));
        const expiresAt = clock.now() + serverSkew + life;
        return Promise.resolve(
          ids.filter(answer).map((id) => ({ id, url: `/${id}`, thumbnailUrl: null, expiresAt })),
        );
      },
    },
    clock,
    () => 0.5,
  );
  return {
    clock,
    asked,
    links,
    fail: (fails: boolean) => (up = !fails),
    /** What the page takes for the server's time, and maybe the server's own, jumps. */
    setClock(byMs: number, slept = false) {
      skew = byMs;
      if (slept) serverSkew = byMs;
    },
  };
}

describe('file links', () => {
  it('asks once for all that is shown together', async () => {
    const { links, asked, clock } = createBench();
    links.watch(['a', 'b']);
    links.watch(['b', 'c']);
    await clock.advance(100);
    expect(asked).to.deep.equal([['a', 'b', 'c']]);
    expect(links.$links.get().get('b')?.url).to.equal('/b');
  });

  it('renews addresses before they expire, while somebody shows them', async () => {
    const { links, asked, clock } = createBench();
    const stop = links.watch(['a']);
    await clock.advance(life);
    expect(asked).to.have.length(2);
    stop();
    await clock.advance(3 * life);
    expect(asked).to.have.length(2);
  });

  it('knows what is gone, and does not ask again', async () => {
    const { links, asked, clock } = createBench((id) => id !== 'gone');
    links.watch(['gone']);
    await clock.advance(2 * life);
    expect(links.$links.get().get('gone')).to.equal(null);
    expect(asked).to.have.length(1);
  });

  it('tries again after trouble', async () => {
    const { links, asked, clock, fail } = createBench();
    fail(true);
    links.watch(['a']);
    await clock.advance(50);
    fail(false);
    await clock.advance(5_000);
    expect(asked).to.have.length(2);
    expect(links.$links.get().get('a')?.url).to.equal('/a');
  });

  it('asks seldom although the clock here was set, so that all looks expired', async () => {
    const { links, asked, clock, setClock } = createBench();
    setClock(60 * 60_000);
    links.watch(['a']);
    await clock.advance(60_000);
    expect(asked.length).to.be.within(1, 4);
  });

  it('renews addresses although the clock was set back meanwhile', async () => {
    const { links, asked, clock, setClock } = createBench();
    links.watch(['a']);
    await clock.advance(100);
    setClock(-60_000);
    await clock.advance(life + 60_000);
    expect(asked).to.have.length(2);
  });

  it('renews what expired while timers stood still, within a minute', async () => {
    const { links, asked, clock, setClock } = createBench();
    links.watch(['a']);
    await clock.advance(100);
    setClock(60 * 60_000, true);
    await clock.advance(60_000);
    expect(asked.length).to.be.greaterThan(1);
  });

  it('asks anew for an address that did not work', async () => {
    const { links, asked, clock } = createBench();
    links.watch(['a']);
    await clock.advance(100);
    links.refresh('a');
    await clock.advance(100);
    expect(asked).to.deep.equal([['a'], ['a']]);
  });
});
