/** Every event name of the wire contract, once. */
export const events = {
  messageSend: 'message:send',
  messageEdit: 'message:edit',
  messageDelete: 'message:delete',
  messageChanged: 'message:changed',
  messagesList: 'messages:list',
  mark: 'mark',
  marks: 'marks',
  typing: 'typing',
  pageView: 'page:view',
  conversationsList: 'conversations:list',
  conversationAssign: 'conversation:assign',
  conversationClose: 'conversation:close',
  conversationReopen: 'conversation:reopen',
  conversationChanged: 'conversation:changed',
  contactUpdate: 'contact:update',
  contactChanged: 'contact:changed',
  visitChanged: 'visit:changed',
  agentStatus: 'agent:status',
  agentChanged: 'agent:changed',
  counts: 'counts',
  availability: 'availability',
  settings: 'settings',
} as const;

export type EventName = (typeof events)[keyof typeof events];
