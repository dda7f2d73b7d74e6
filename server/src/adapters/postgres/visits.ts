import { desc, eq, sql } from 'drizzle-orm';
import type { PageView } from '#kit/domain/index.js';
import type { Visits } from '../../ports.js';
import { pageViews, visits } from './schema.js';
import type { Scope } from './scope.js';

const shownPages = 20;

export function createVisits(scope: Scope): Visits {
  return {
    async latest(contactId) {
      const [row] = await scope.connection
        .select({
          id: visits.id,
          startedAt: visits.startedAt,
          lastSeenAt: visits.lastSeenAt,
          userAgent: visits.userAgent,
          browser: visits.browser,
          system: visits.system,
          referrer: visits.referrer,
          language: visits.language,
          timeZone: visits.timeZone,
          ip: visits.ip,
          country: visits.country,
          city: visits.city,
          pages: sql<PageView[]>`array(
            select json_build_object('url', p.url, 'title', p.title, 'at', p.at)
            from page_views p where p.visit_id = visits.id
            order by p.at desc, p.id desc limit ${shownPages}
          )`,
        })
        .from(visits)
        .where(eq(visits.contactId, contactId))
        .orderBy(desc(visits.startedAt), desc(visits.id))
        .limit(1);
      return row ? { ...row, pages: row.pages.reverse() } : null;
    },

    async start(visit) {
      await scope.connection.insert(visits).values(visit);
    },

    addPage: (visitId, page) =>
      scope.atomically(async ({ connection }) => {
        await connection
          .update(visits)
          .set({ lastSeenAt: sql`greatest(${visits.lastSeenAt}, ${page.at})` })
          .where(eq(visits.id, visitId));
        await connection.insert(pageViews).values({ visitId, ...page });
      }),
  };
}
