import type { Visit } from '../../domain/index.js';
import type { PageViewPush } from '../../protocol/index.js';
import type { Workspace } from './workspace.js';

/** A visit ends after so long without a page. */
const visitGapMs = 30 * 60_000;
const keptPages = 20;

/** A visit that begins now, of which nothing is known. */
export function emptyVisit(workspace: Workspace): Visit {
  const at = workspace.now();
  return {
    id: workspace.nextId('vs'),
    startedAt: at,
    lastSeenAt: at,
    userAgent: null,
    browser: null,
    system: null,
    referrer: null,
    language: null,
    timeZone: null,
    ip: null,
    country: null,
    city: null,
    pages: [],
  };
}

/** Adds a page to the contact's visit, or starts one. */
export function recordPage(workspace: Workspace, contactId: string, page: PageViewPush): Visit {
  const at = workspace.now();
  const before = workspace.visits.get(contactId);
  const visit: Visit =
    before && at - before.lastSeenAt < visitGapMs
      ? before
      : {
          ...emptyVisit(workspace),
          referrer: page.referrer ?? null,
          language: page.language ?? null,
          timeZone: page.timeZone ?? null,
        };
  visit.lastSeenAt = at;
  visit.pages = [...visit.pages, { url: page.url, title: page.title, at }].slice(-keptPages);
  workspace.visits.set(contactId, visit);
  return visit;
}
