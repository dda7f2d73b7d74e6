import 'convkit/react';
import type { AgentClient } from 'convkit/store';
import type { ReactElement } from 'react';

/** What must compile, and behind each `@ts-expect-error` what must not: the type check is the test. */
export function typings(client: AgentClient): ReactElement[] {
  return [
    <conv-provider key="1" client={client} theme="dark" locale="de" />,
    <conv-thread key="2" conversation-id="cv_1" />,
    <conv-thread
      key="3"
      conversationId="cv_1"
      onconv-conversation-assigned={({ detail }) => detail.assigneeIds.join()}
    />,
    // @ts-expect-error: not a theme
    <conv-provider key="4" theme="blue" />,
    // @ts-expect-error: an id is a string
    <conv-thread key="5" conversation-id={5} />,
    // @ts-expect-error: no such property
    <conv-thread key="6" conversation="cv_1" />,
    // @ts-expect-error: the detail has no such field
    <conv-thread key="7" onconv-conversation-closed={({ detail }) => detail.order} />,
    // @ts-expect-error: a method is no property
    <conv-thread key="8" showAgents={() => undefined} />,
    // @ts-expect-error: no such element
    <conv-order key="9" />,
  ];
}
