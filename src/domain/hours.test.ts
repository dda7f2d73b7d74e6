import { expect } from '@open-wc/testing';
import { endedBetween, isPossible, isWithin, type Hours, type Span } from './index.js';

const nineToFive: Span[] = [[540, 1_020]];
const withLunch: Span[] = [
  [540, 720],
  [780, 1_020],
];

/** Monday to Friday alike, in Stockholm. */
function office(spans: Span[] = nineToFive, patch: Partial<Hours> = {}): Hours {
  return {
    timeZone: 'Europe/Stockholm',
    week: [spans, spans, spans, spans, spans, [], []],
    goOffline: true,
    ...patch,
  };
}

/** The same each day. */
const daily = (spans: Span[]): Hours =>
  office(spans, { week: Array.from({ length: 7 }, () => spans) });

const at = (text: string): number => Date.parse(text);

/** Every end that a job finds which runs each minute between two moments. */
function ends(hours: Hours, from: string, to: string): string[] {
  const found: string[] = [];
  for (let now = at(from); now < at(to); now += 60_000) {
    if (endedBetween(hours, now - 60_000, now)) found.push(new Date(now).toISOString());
  }
  return found;
}

describe('hours', () => {
  it('are those of the time zone, from the first minute to before the last', () => {
    const hours = office();
    expect(isWithin(hours, at('2026-01-12T07:59:59.999Z'))).to.equal(false);
    expect(isWithin(hours, at('2026-01-12T08:00:00Z'))).to.equal(true);
    expect(isWithin(hours, at('2026-01-12T15:59:59.999Z'))).to.equal(true);
    expect(isWithin(hours, at('2026-01-12T16:00:00Z'))).to.equal(false);
    expect(isWithin(hours, at('2026-01-17T10:00:00Z'))).to.equal(false);
  });

  it('know the day of the place, not that of Greenwich', () => {
    const week: Span[][] = [[[0, 60]], [], [], [], [], [], []];
    const hours = office([], { timeZone: 'Pacific/Auckland', week });
    expect(isWithin(hours, at('2026-01-11T11:30:00Z'))).to.equal(true);
    expect(isWithin(hours, at('2026-01-12T11:30:00Z'))).to.equal(false);
  });

  it('move with the clocks in spring and autumn', () => {
    const hours = daily(nineToFive);
    expect(isWithin(hours, at('2026-03-28T07:30:00Z'))).to.equal(false);
    expect(isWithin(hours, at('2026-03-29T07:30:00Z'))).to.equal(true);
    expect(isWithin(hours, at('2026-10-24T07:30:00Z'))).to.equal(true);
    expect(isWithin(hours, at('2026-10-25T07:30:00Z'))).to.equal(false);
  });
});

describe('possible hours', () => {
  it('have a known time zone, and spans in order that do not touch', () => {
    expect(isPossible(office(withLunch))).to.equal(true);
    expect(isPossible(office(nineToFive, { timeZone: 'Mars/Olympus' }))).to.equal(false);
    expect(isPossible(office([[600, 600]]))).to.equal(false);
    expect(isPossible(office([[600, 500]]))).to.equal(false);
    expect(isPossible(office([...withLunch].reverse()))).to.equal(false);
    expect(
      isPossible(
        office([
          [0, 60],
          [60, 120],
        ]),
      ),
    ).to.equal(false);
  });
});

describe('the end of a day', () => {
  it('S4.3 is found once by a job that runs each minute, and not at a pause', () => {
    expect(ends(office(withLunch), '2026-01-12T00:00:00Z', '2026-01-13T00:00:00Z')).to.deep.equal([
      '2026-01-12T16:00:00.000Z',
    ]);
    expect(ends(office(), '2026-01-17T00:00:00Z', '2026-01-17T23:59:00Z')).to.deep.equal([]);
  });

  it('is not found where the agent chose so', () => {
    const hours = office(nineToFive, { goOffline: false });
    expect(endedBetween(hours, at('2026-01-12T15:59:00Z'), at('2026-01-12T16:00:00Z'))).to.equal(
      false,
    );
  });

  it('is found by a job that comes late, unless another day has begun', () => {
    const before = at('2026-01-12T15:59:30Z');
    expect(endedBetween(office(), before, at('2026-01-12T15:59:59Z'))).to.equal(false);
    expect(endedBetween(office(), before, at('2026-01-12T23:00:00Z'))).to.equal(true);
    expect(endedBetween(office(), before, at('2026-01-13T10:00:00Z'))).to.equal(false);
    expect(endedBetween(office(), before, at('2026-01-13T07:00:00Z'))).to.equal(true);
  });

  it('is not one of before: a server that slept on Sunday ends nothing', () => {
    const friday = at('2026-01-16T16:00:00Z');
    expect(endedBetween(office(), friday, at('2026-01-18T20:00:00Z'))).to.equal(false);
    expect(endedBetween(office(), friday - 1, at('2026-01-18T20:00:00Z'))).to.equal(true);
  });

  it('of a night is after midnight', () => {
    const night: Span[] = [
      [0, 120],
      [1_320, 1_440],
    ];
    expect(ends(daily(night), '2026-01-12T12:00:00Z', '2026-01-13T12:00:00Z')).to.deep.equal([
      '2026-01-13T01:00:00.000Z',
    ]);
  });

  it('of a night with work on the day after is found besides that of the day', () => {
    const spans: Span[] = [
      [0, 120],
      [540, 1_020],
      [1_320, 1_440],
    ];
    expect(ends(daily(spans), '2026-01-12T12:00:00Z', '2026-01-13T12:00:00Z')).to.deep.equal([
      '2026-01-13T01:00:00.000Z',
    ]);
    const shift: Span[][] = [[[1_320, 1_440]], [[0, 120], ...nineToFive], [], [], [], [], []];
    const hours = office([], { week: shift });
    expect(ends(hours, '2026-01-12T12:00:00Z', '2026-01-14T00:00:00Z')).to.deep.equal([
      '2026-01-13T01:00:00.000Z',
      '2026-01-13T16:00:00.000Z',
    ]);
  });

  it('at midnight is at midnight, and never where the hours never end', () => {
    const late: Span[] = [[720, 1_440]];
    expect(ends(daily(late), '2026-01-12T12:00:00Z', '2026-01-13T10:00:00Z')).to.deep.equal([
      '2026-01-12T23:00:00.000Z',
    ]);
    const always = daily([[0, 1_440]]);
    expect(endedBetween(always, at('2026-01-01T00:00:00Z'), at('2026-02-01T00:00:00Z'))).to.equal(
      false,
    );
  });

  it('is found once where clocks skip it: at the moment at which they do', () => {
    const hours = daily([[0, 150]]);
    expect(ends(hours, '2026-03-28T23:00:00Z', '2026-03-29T12:00:00Z')).to.deep.equal([
      '2026-03-29T01:00:00.000Z',
    ]);
  });

  it('is found once where clocks show it twice: the second time', () => {
    const hours = daily([[0, 150]]);
    expect(ends(hours, '2026-10-24T22:00:00Z', '2026-10-25T12:00:00Z')).to.deep.equal([
      '2026-10-25T01:30:00.000Z',
    ]);
  });

  it('is at the same hour of the clock on each day around a change', () => {
    expect(ends(daily(nineToFive), '2026-03-28T12:00:00Z', '2026-03-29T20:00:00Z')).to.deep.equal([
      '2026-03-28T16:00:00.000Z',
      '2026-03-29T15:00:00.000Z',
    ]);
  });

  it('is known in zones whose clocks change at midnight', () => {
    const hours = office([], {
      timeZone: 'Africa/Cairo',
      week: Array.from({ length: 7 }, () => [[720, 1_440] as Span]),
    });
    expect(ends(hours, '2026-04-23T12:00:00Z', '2026-04-24T08:00:00Z')).to.deep.equal([
      '2026-04-23T22:00:00.000Z',
    ]);
  });
});
