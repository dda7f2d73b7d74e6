import { mentionRanges, type Agent } from '../../domain/index.js';
import { limits } from '../../protocol/index.js';

/** Ids of the agents whom a comment names, each once (S3.29). A name that was deleted is gone. */
export function mentionsIn(text: string, agents: Iterable<Pick<Agent, 'id' | 'name'>>): string[] {
  const ids = mentionRanges(text, agents).flatMap((range) => range.ids);
  return [...new Set(ids)].slice(0, limits.mentions);
}
