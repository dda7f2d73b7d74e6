import type { Visit } from '#kit/domain/contact.js';
import { CodedError } from '#kit/protocol/errors.js';
import { limits } from '#kit/protocol/limits.js';
import type { PageViewPush } from '#kit/protocol/payloads.js';
import type { VisitorCaller } from '../auth/tokens.js';
import { act, type Ports } from './act.js';
import { cleanLine, languageTag, storable } from './clean-text.js';
import { describeUserAgent } from './user-agent.js';
import { lockVisitor } from './locked-contact.js';
import { contactView } from './views.js';

/** A visit ends when no page was seen for so long. */
const visitGapMs = 30 * 60_000;

/** Browsers' are shorter. A made-up one of some thousand characters keeps expressions busy. */
const userAgentLength = 500;

/**
 * Notes a page that the visitor sees, and starts a visit with the first. Rejects with
 * `invalid_payload` where the address is none of a page, `contact_not_found`.
 */
export async function recordPageView(
  ports: Ports,
  caller: VisitorCaller,
  input: PageViewPush,
  { userAgent: sentUserAgent, address }: { userAgent: string | null; address: string },
): Promise<void> {
  const { workspaceId } = caller;
  const url = pageAddress(input.url);
  if (url === null) throw new CodedError('invalid_payload');
  const userAgent = sentUserAgent && storable(sentUserAgent).slice(0, userAgentLength);
  const language = languageTag(input.language ?? '');
  await act(ports, async (repositories, emit) => {
    // One after the other: two tabs that open together are one visit.
    const contact = await lockVisitor(repositories, caller);
    if (contact.blocked !== null) return;
    const contactId = contact.id;
    const now = ports.clock.now();
    const latest = await repositories.visits.latest(contactId);
    let visitId = latest && latest.lastSeenAt > now - visitGapMs ? latest.id : null;
    if (visitId === null) {
      const visit: Omit<Visit, 'pages'> = {
        id: ports.ids.next('vs'),
        startedAt: now,
        lastSeenAt: now,
        userAgent,
        ...describeUserAgent(userAgent),
        referrer: pageAddress(input.referrer ?? ''),
        language,
        timeZone: input.timeZone === undefined ? null : cleanLine(input.timeZone),
        ip: address,
        ...ports.findPlace(address),
      };
      await repositories.visits.start({ ...visit, contactId, workspaceId });
      visitId = visit.id;
    }
    const title = (cleanLine(input.title) ?? '').slice(0, limits.titleLength);
    await repositories.visits.addPage(visitId, { url, title, at: now });
    const conversation = await repositories.conversations.live(contactId, 'chat');
    if (contact.language === null && language !== null) {
      const changed = await repositories.contacts.update(contactId, { language });
      if (changed) {
        const conversationIds = conversation ? [conversation.id] : [];
        emit({ type: 'contact', workspaceId, contact: contactView(changed), conversationIds });
      }
    }
    const visit = await repositories.visits.latest(contactId);
    if (visit) {
      const conversationId = conversation?.id ?? null;
      emit({ type: 'visit', workspaceId, contactId, conversationId, visit });
    }
  });
}

/** Only http and https: an agent may follow it. */
function pageAddress(text: string): string | null {
  try {
    const url = new URL(storable(text));
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}
