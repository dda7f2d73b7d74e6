import type { SystemEvent } from '../../domain/index.js';
import type { Localizer, MessagesStrings } from '../../i18n/index.js';

/** What a system line says that only agents see, in the reader's language. */
export function systemLine(
  event: Exclude<SystemEvent, { type: 'joined' }>,
  localizer: Localizer<MessagesStrings>,
): string {
  switch (event.type) {
    case 'assigned':
      return event.assignees.length === 0
        ? localizer.term('message.unassigned')
        : localizer.term(
            'message.assigned',
            localizer.list(event.assignees.map(({ name }) => name)),
          );
    case 'grouped':
      if (event.groupName === null) return localizer.term('message.ungrouped');
      return event.byName === null
        ? localizer.term('message.grouped.system', event.groupName)
        : localizer.term('message.grouped', event.byName, event.groupName);
    case 'closed':
      return event.byName === null
        ? localizer.term('message.closed.system')
        : localizer.term('message.closed', event.byName);
    case 'reopened':
      return event.byName === null
        ? localizer.term('message.reopened.system')
        : localizer.term('message.reopened', event.byName);
    case 'blocked':
      if (event.byName === null) return localizer.term('message.blocked.system');
      return localizer.term(event.address ? 'message.banned' : 'message.blocked', event.byName);
    case 'unblocked':
      return event.byName === null
        ? localizer.term('message.unblocked.system')
        : localizer.term('message.unblocked', event.byName);
    case 'shown':
      return localizer.term('message.shown', event.text);
    case 'form':
      return localizer.term('message.form');
    case 'rated':
      return event.comment === null
        ? localizer.term('message.rated', localizer.number(event.score))
        : localizer.term('message.rated.comment', localizer.number(event.score), event.comment);
    case 'restarted':
      return localizer.term('message.restarted');
  }
}
