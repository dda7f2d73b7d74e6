import type { AgentStatus } from './agent.js';

/**
 * What a visitor is offered (S4.1, S5.9): `live` while an agent is online, `messenger` when one
 * may write and is told when to expect an answer, `hidden` when there is no bubble.
 */
export type WidgetMode = 'live' | 'messenger' | 'hidden';

export function widgetMode(
  statuses: Iterable<AgentStatus>,
  whenOffline: Exclude<WidgetMode, 'live'>,
): WidgetMode {
  for (const status of statuses) if (status === 'online') return 'live';
  return whenOffline;
}
